/** Detectors of people, hands and other classes: pictures to boxes. */
@NullMarked
package io.github.rtmjava.detector;

import org.jspecify.annotations.NullMarked;
