package io.github.rtmjava.parity.time;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.smooth.Smoother;
import io.github.rtmjava.motion.smooth.TrackSample;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters compared, by what to print of them. */
final class Smoothing {
  private Smoothing() {}

  static Map<String, UnaryOperator<List<TrackSample>>> all() {
    Map<String, UnaryOperator<List<TrackSample>>> out = new LinkedHashMap<>();
    out.put("as found", track -> track);
    out.put("gaps and outliers only", offline(SmoothOptions.of(SmoothKind.NONE)));
    for (double cutoff : new double[] {3, 6}) {
      out.put(
          "butterworth %.0f Hz".formatted(cutoff),
          offline(SmoothOptions.OFFLINE.withCutoff(cutoff)));
    }
    out.put("gaussian 4 Hz", offline(SmoothOptions.of(SmoothKind.GAUSSIAN)));
    out.put("median 5 frames", offline(SmoothOptions.of(SmoothKind.MEDIAN)));
    out.put("savgol 9 frames", offline(SmoothOptions.of(SmoothKind.SAVGOL)));
    out.put("live one_euro 2 Hz, beta 6", live(SmoothOptions.LIVE));
    out.put("live one_euro 1 Hz, beta 1", live(SmoothOptions.LIVE.withCutoff(1).withBeta(1)));
    out.put("live butterworth 6 Hz", live(SmoothOptions.OFFLINE));
    out.put("live median 5 frames", live(SmoothOptions.of(SmoothKind.MEDIAN)));
    return out;
  }

  static UnaryOperator<List<TrackSample>> offline(SmoothOptions options) {
    return new Smoother(options)::smooth;
  }

  static UnaryOperator<List<TrackSample>> live(SmoothOptions options) {
    return track -> {
      LiveSmoother smoother = new LiveSmoother(options);
      return track.stream().map(sample -> next(smoother, sample)).toList();
    };
  }

  private static TrackSample next(LiveSmoother smoother, TrackSample sample) {
    PersonPose pose = sample.pose();
    if (pose == null) {
      return sample;
    }
    PoseResult alone = new PoseResult(1, 1, "clip", Frame3d.CAMERA, Clip.KEYPOINTS, List.of(pose));
    return sample.with(smoother.step(sample.time(), alone).persons().get(0));
  }
}
