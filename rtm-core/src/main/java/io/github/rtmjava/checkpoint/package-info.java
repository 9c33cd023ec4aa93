/** What a checkpoint file holds, whatever its layout: named tensors and plain data. */
@NullMarked
package io.github.rtmjava.checkpoint;

import org.jspecify.annotations.NullMarked;
