package io.github.rtmjava.spark;

import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoCuts;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A part of a video, for one task.
 *
 * @param video which of those that are looked at together
 * @param number of the part
 * @param parts of the video
 */
record VideoTask(int video, Item item, int number, int parts, VideoPart part)
    implements Serializable {
  /**
   * The parts of a video. They begin where frames that go through the networks together begin, so
   * that these are the same as in one run; and where people are looked for without a detector in
   * between, some seconds earlier, for who moves how to be known.
   */
  static List<VideoTask> of(
      int video, Item item, VideoSettings settings, SerializableConfiguration hadoop) {
    List<VideoPart> parts = parts(item, settings, hadoop);
    List<VideoTask> tasks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      tasks.add(new VideoTask(video, item, i, parts.size(), parts.get(i)));
    }
    return tasks;
  }

  private static List<VideoPart> parts(
      Item item, VideoSettings settings, SerializableConfiguration hadoop) {
    List<VideoPart> whole = List.of(VideoPart.whole(settings.recording().frames()));
    if (settings.segment() == 0) {
      return whole;
    }
    VideoCuts cuts =
        new VideoCuts(settings.segment(), info -> unit(info, settings), settings.lead());
    try {
      return cuts.of(VideoSettings.source(item, hadoop), settings.recording().frames());
    } catch (VideoException e) {
      return whole; // the task that opens it says what is wrong
    }
  }

  private static int unit(VideoInfo info, VideoSettings settings) {
    int together =
        PoseInferencer.framesTogether(settings.models().batchSize(), info.width(), info.height());
    int every = settings.recording().following().detectEvery();
    int both = together;
    while (both % every != 0) {
      both += together;
    }
    return both;
  }

  /** In front of what is wrong with it. */
  String where() {
    return parts == 1 ? "" : String.format(Locale.ROOT, "from %.1f s on: ", part.options().start());
  }
}
