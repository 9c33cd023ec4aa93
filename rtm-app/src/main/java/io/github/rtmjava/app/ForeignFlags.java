package io.github.rtmjava.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What flags are called here that users know from mmpose, rtmlib and rtmpose3d. */
final class ForeignFlags {
  private static final String CHECKPOINT = "everything about a model is read from its checkpoint";
  private static final String LIFTING =
      "3D is estimated from the picture itself: --model wholebody3d";

  private static final Map<String, String> HERE =
      Map.ofEntries(
          Map.entry("--pose2d", "here it is --model"),
          Map.entry("--pose2d-weights", "here it is --model FILE.pth; " + CHECKPOINT),
          Map.entry("--pose3d", "here it is --model: wholebody3d or hand3d"),
          Map.entry("--pose3d-weights", "here it is --model FILE.pth; " + CHECKPOINT),
          Map.entry("--pose", "here it is --model"),
          Map.entry("--pose-config", "not needed here: " + CHECKPOINT),
          Map.entry("--pose-checkpoint", "here it is --model FILE.pth"),
          Map.entry("--config", "not needed here: " + CHECKPOINT),
          Map.entry("--checkpoint", "here it is --model FILE.pth"),
          Map.entry("--cfg-options", "not needed here: " + CHECKPOINT),
          Map.entry("--model-size", "the size is part of the name here, for example rtmw3d-x"),
          Map.entry("--det", "here it is --detector"),
          Map.entry("--det-model", "here it is --detector"),
          Map.entry("--det-weights", "here it is --detector FILE.pth"),
          Map.entry("--det-config", "not needed here: " + CHECKPOINT),
          Map.entry("--det-checkpoint", "here it is --detector FILE.pth"),
          Map.entry("--det-cat-id", "here it is --classes"),
          Map.entry("--det-cat-ids", "here it is --classes"),
          Map.entry("--det-frequency", "here it is --det-every"),
          Map.entry("--det-input-size", "not needed here: " + CHECKPOINT),
          Map.entry("--pose-input-size", "not needed here: " + CHECKPOINT),
          Map.entry("--scope", "not needed here: " + CHECKPOINT),
          Map.entry("--inputs", "inputs stand without a flag here: rtm infer a.jpg clip.mp4"),
          Map.entry("--img", "inputs stand without a flag here: rtm infer a.jpg"),
          Map.entry("--input", "inputs stand without a flag here: rtm infer a.jpg clip.mp4"),
          Map.entry("--img-root", "inputs stand without a flag here: rtm infer FOLDER"),
          Map.entry("--video-path", "inputs stand without a flag here: rtm infer clip.mp4"),
          Map.entry("--vis-out-dir", "here it is -o DIR, with --save overlay"),
          Map.entry("--pred-out-dir", "here it is -o DIR, with --save json (or mmpose)"),
          Map.entry("--out-dir", "here it is -o DIR"),
          Map.entry("--output-root", "here it is -o DIR"),
          Map.entry("--out-img-root", "here it is -o DIR"),
          Map.entry("--out-video-root", "here it is -o DIR"),
          Map.entry("--out-file", "here it is -o DIR; files are named like their inputs"),
          Map.entry("--save-predictions", "here it is --save json (as mmpose: --save mmpose)"),
          Map.entry("--save-vis", "here it is --save overlay"),
          Map.entry("--draw-bbox", "here it is --draw bbox, which is on unless --draw says other"),
          Map.entry("--show-kpt-idx", "here it is --draw index"),
          Map.entry("--skeleton-style", "here it is --draw openpose"),
          Map.entry("--openpose-skeleton", "here it is --draw openpose"),
          Map.entry("--to-openpose", "here it is --draw openpose, and --save openpose for files"),
          Map.entry("--black-background", "here it is --draw black"),
          Map.entry("--alpha", "here --draw opacity draws the less sure the more transparent"),
          Map.entry("--line-width", "here it is --thickness"),
          Map.entry("--draw-heatmap", "not here: these models have no heatmaps"),
          Map.entry("--show-alias", "here it is a command: rtm models list"),
          Map.entry("--show-progress", "not needed here: progress is shown in a terminal"),
          Map.entry("--use-oks-tracking", "not needed here: people in videos are followed by it"),
          Map.entry("--tracking", "not needed here: people in videos are followed"),
          Map.entry(
              "--tracking-thr", "not here: --max-age and --min-hits set how people are followed"),
          Map.entry("--pose-based-nms", "not needed here: models that need it do it"),
          Map.entry("--online", "not here: networks look at one frame at a time"),
          Map.entry("--use-multi-frames", "not here: networks look at one frame at a time"),
          Map.entry("--num-instances", "here it is --max-persons"),
          Map.entry(
              "--disable-rebase-keypoint", "not needed here: 3D keypoints are metres as found"),
          Map.entry("--rebase-keypoint-height", "not here: --frame world puts feet on the floor"),
          Map.entry("--norm-pose-2d", "not here: " + LIFTING),
          Map.entry("--disable-norm-pose-2d", "not needed here: " + LIFTING),
          Map.entry("--return-tensors", "not here: results are arrays of float"),
          Map.entry("--backend", "here it is --engine"),
          Map.entry(
              "--onnx-model", "here it is --model FILE.pth, the file that the ONNX was made of"),
          Map.entry("--cuda", "here it is --device cuda:0"),
          Map.entry("--cpu", "here it is --device cpu"),
          Map.entry("--fps", "here it is --frame-rate"),
          Map.entry("--work-dir", "here it is --save-results FILE"),
          Map.entry("--out", "here it is --save-results FILE"),
          Map.entry("--dump", "here it is --save-results FILE"),
          Map.entry("--show-dir", "here it is rtm infer FOLDER -o DIR"));

  private ForeignFlags() {}

  /** Everything that is said of the flags of others. */
  static Collection<String> answers() {
    return HERE.values();
  }

  /**
   * What to say of arguments that look like options and are none of the command's; empty if all are
   * known.
   */
  static List<String> unknown(CommandSpec command, List<String> arguments) {
    Set<String> known = command.optionsMap().keySet();
    Set<String> lines = new LinkedHashSet<>();
    for (String argument : arguments) {
      if (argument.equals("--")) {
        break;
      }
      String name = argument.replaceFirst("=.*", "");
      if (name.matches("--[A-Za-z][A-Za-z0-9_-]*") && !known.contains(name)) {
        String advice = advice(name, known).map(text -> ": " + text).orElse("");
        lines.add("unknown option '" + name + "'" + advice);
      }
    }
    return new ArrayList<>(lines);
  }

  private static Optional<String> advice(String name, Set<String> known) {
    String dashed = name.replace('_', '-').toLowerCase(Locale.ROOT);
    if (known.contains(dashed)) {
      return Optional.of("here it is " + dashed);
    }
    return Optional.ofNullable(HERE.get(dashed))
        .or(() -> nearest(dashed, known.stream()).map(near -> "perhaps " + near));
  }

  /** The name from which another differs by a slip of the pen; empty if none is so near. */
  static Optional<String> nearest(String name, Stream<String> known) {
    record Near(String name, int distance) {}
    return known
        .map(other -> new Near(other, distance(name, other)))
        .filter(near -> near.distance <= Math.max(1, (name.length() - 2) / 4))
        .min(Comparator.comparingInt(Near::distance))
        .map(Near::name);
  }

  /** How many letters have to be put in, left out or changed. */
  private static int distance(String one, String two) {
    int[] row = new int[two.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = corner + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[two.length()];
  }
}
