/** Results as JSON: of our own, and as mmpose, COCO and OpenPose have it. */
@NullMarked
package io.github.rtmjava.output.format.json;

import org.jspecify.annotations.NullMarked;
