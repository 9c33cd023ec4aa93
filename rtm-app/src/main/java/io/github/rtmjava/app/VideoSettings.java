package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.output.DrawOptions;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.video.VideoOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done with every video.
 *
 * @param folder of the results
 * @param saving what is written
 * @param frames which frames are read
 * @param following how people are followed
 * @param boxes where people are; null where they are to be found
 * @param frame of the 3D keypoints; null for the model's
 * @param drawing how people are drawn
 * @param audio whether the drawn video gets the sound
 * @param show whether frames are shown while they come
 */
record VideoSettings(
    Path folder,
    Saving saving,
    VideoOptions frames,
    FollowOptions following,
    @Nullable Function<Image, List<Box>> boxes,
    @Nullable Frame3d frame,
    DrawOptions drawing,
    boolean audio,
    boolean show) {}
