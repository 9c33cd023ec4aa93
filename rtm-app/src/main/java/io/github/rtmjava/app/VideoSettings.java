package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.output.draw.DrawOptions;
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
 * @param single whether only one of those people is kept
 * @param boxes where people are; null where they are to be found
 * @param refining what is made of all frames in the end, and the frame of their 3D keypoints
 * @param live how people are made smooth while they are drawn
 * @param angles whether the lines of JSON hold angles
 * @param drawing how people are drawn
 * @param audio whether the drawn video gets the sound
 * @param show whether frames are shown while they come
 */
record VideoSettings(
    Path folder,
    Saving saving,
    VideoOptions frames,
    FollowOptions following,
    boolean single,
    @Nullable Function<Image, List<Box>> boxes,
    RefineOptions refining,
    SmoothOptions live,
    boolean angles,
    DrawOptions drawing,
    boolean audio,
    boolean show) {}
