/**
 * Convolutions of 3×3 and 7×7 at stride 1 by Winograd's minimal filtering (Lavin and Gray, "Fast
 * Algorithms for Convolutional Neural Networks", 2016): the transforms are Java loops that the JIT
 * vectorises, the products between them one batched oneDNN matmul.
 */
@NullMarked
package io.github.rtmjava.onednn.winograd;

import org.jspecify.annotations.NullMarked;
