@NullMarked
package io.github.rtmjava.output;

import org.jspecify.annotations.NullMarked;
