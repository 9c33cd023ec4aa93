/** What streams record, and the files made of it. */
@NullMarked
package io.github.rtmjava.server.recording;

import org.jspecify.annotations.NullMarked;
