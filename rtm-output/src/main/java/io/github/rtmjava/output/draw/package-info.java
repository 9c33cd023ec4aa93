/** People drawn on pictures, and views of their 3D keypoints. */
@NullMarked
package io.github.rtmjava.output.draw;

import org.jspecify.annotations.NullMarked;
