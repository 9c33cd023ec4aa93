/** Cameras at the server, and those who watch them. */
@NullMarked
package io.github.rtmjava.server.camera;

import org.jspecify.annotations.NullMarked;
