/** Calibrated cameras: their files and their lenses. */
@NullMarked
package io.github.rtmjava.pose3d.space;

import org.jspecify.annotations.NullMarked;
