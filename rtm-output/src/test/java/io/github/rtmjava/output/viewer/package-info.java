@NullMarked
package io.github.rtmjava.output.viewer;

import org.jspecify.annotations.NullMarked;
