/** The models that a service has. */
@NullMarked
package io.github.rtmjava.server.model;

import org.jspecify.annotations.NullMarked;
