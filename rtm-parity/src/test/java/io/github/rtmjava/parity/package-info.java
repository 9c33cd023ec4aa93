/** The whole way against what upstream's own code computes. */
@NullMarked
package io.github.rtmjava.parity;

import org.jspecify.annotations.NullMarked;
