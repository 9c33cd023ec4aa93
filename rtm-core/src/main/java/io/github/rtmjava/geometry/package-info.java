/** Boxes, non-maximum suppression, crop geometry, cameras and 3D frames. */
@NullMarked
package io.github.rtmjava.geometry;

import org.jspecify.annotations.NullMarked;
