/** Conversion of PyTorch checkpoints to model bundles. */
@NullMarked
package io.github.rtmjava.converter;

import org.jspecify.annotations.NullMarked;
