@NullMarked
package io.github.rtmjava.spark;

import org.jspecify.annotations.NullMarked;
