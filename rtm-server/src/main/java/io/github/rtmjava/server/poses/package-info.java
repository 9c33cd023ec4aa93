/** Poses in pictures that a request brings. */
@NullMarked
package io.github.rtmjava.server.poses;

import org.jspecify.annotations.NullMarked;
