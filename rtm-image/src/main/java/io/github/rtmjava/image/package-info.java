/**
 * Pictures: reading, letterbox, affine crops, normalisation, drawing.
 *
 * <p>OpenCV's libraries are loaded with the first picture, and set for the whole process: one
 * thread ({@code setNumThreads(1)}), since engines own the processors and one thread gives the same
 * pixels on every machine; no log. A program that uses OpenCV itself may set both anew afterwards.
 */
@NullMarked
package io.github.rtmjava.image;

import org.jspecify.annotations.NullMarked;
