/** Calibrated cameras: their files and their lenses. */
@NullMarked
package io.github.rtmjava.motion.calibration;

import org.jspecify.annotations.NullMarked;
