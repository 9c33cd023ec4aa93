/** RTMDet detectors. */
@NullMarked
package io.github.rtmjava.detector;

import org.jspecify.annotations.NullMarked;
