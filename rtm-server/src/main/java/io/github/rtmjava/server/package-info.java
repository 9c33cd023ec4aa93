/** Poses over HTTP and WebSocket: {@link io.github.rtmjava.server.PoseServer}. */
@NullMarked
package io.github.rtmjava.server;

import org.jspecify.annotations.NullMarked;
