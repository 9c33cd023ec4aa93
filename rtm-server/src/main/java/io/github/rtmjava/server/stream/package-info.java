/** Frames that come over a WebSocket, and the poses that go back. */
@NullMarked
package io.github.rtmjava.server.stream;

import org.jspecify.annotations.NullMarked;
