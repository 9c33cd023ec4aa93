@NullMarked
package io.github.rtmjava.compiler;

import org.jspecify.annotations.NullMarked;
