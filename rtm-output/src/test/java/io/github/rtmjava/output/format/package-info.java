@NullMarked
package io.github.rtmjava.output.format;

import org.jspecify.annotations.NullMarked;
