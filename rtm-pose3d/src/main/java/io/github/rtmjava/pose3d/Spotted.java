package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.VideoFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way, after the detector.
 *
 * @param people where to look; null where the detector did not look
 * @param problem why not, if that was not on purpose
 */
record Spotted(VideoFrame frame, @Nullable List<Detection> people, @Nullable Throwable problem) {}
