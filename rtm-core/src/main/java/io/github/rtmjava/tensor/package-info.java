/** Dense arrays as they come out of files and go into engines. */
@NullMarked
package io.github.rtmjava.tensor;

import org.jspecify.annotations.NullMarked;
