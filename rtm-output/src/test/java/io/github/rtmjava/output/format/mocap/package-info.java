@NullMarked
package io.github.rtmjava.output.format.mocap;

import org.jspecify.annotations.NullMarked;
