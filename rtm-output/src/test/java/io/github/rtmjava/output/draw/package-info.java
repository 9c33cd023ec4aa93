@NullMarked
package io.github.rtmjava.output.draw;

import org.jspecify.annotations.NullMarked;
