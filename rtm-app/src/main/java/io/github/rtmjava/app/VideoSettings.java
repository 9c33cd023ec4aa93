package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.recording.RecordingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done with every video.
 *
 * @param folder of the results
 * @param saving what is written
 * @param recording how it is worked on
 * @param boxes where people are; null where they are to be found
 * @param live how people are made smooth while they are drawn
 * @param show whether frames are shown while they come
 */
record VideoSettings(
    Path folder,
    Saving saving,
    RecordingOptions recording,
    @Nullable Function<Image, List<Box>> boxes,
    SmoothOptions live,
    boolean show) {}
