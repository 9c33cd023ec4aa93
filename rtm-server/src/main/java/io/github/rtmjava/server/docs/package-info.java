/** The description of the service, for programs and for people. */
@NullMarked
package io.github.rtmjava.server.docs;

import org.jspecify.annotations.NullMarked;
