/** Pictures on the screen. */
@NullMarked
package io.github.rtmjava.output.window;

import org.jspecify.annotations.NullMarked;
