/** Pictures: reading, letterbox, affine crops, normalisation, drawing. */
@NullMarked
package io.github.rtmjava.image;

import org.jspecify.annotations.NullMarked;
