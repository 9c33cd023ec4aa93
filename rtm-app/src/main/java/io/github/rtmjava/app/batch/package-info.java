/**
 * What {@code rtm batch} asks of the engine that works through archives; it is found as a service.
 */
@NullMarked
package io.github.rtmjava.app.batch;

import org.jspecify.annotations.NullMarked;
