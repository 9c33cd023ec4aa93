@NullMarked
package io.github.rtmjava.compiler.tuning;

import org.jspecify.annotations.NullMarked;
