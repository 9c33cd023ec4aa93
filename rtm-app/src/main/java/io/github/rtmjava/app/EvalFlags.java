package io.github.rtmjava.app;

import io.github.rtmjava.eval.Metric;
import io.github.rtmjava.eval.ScoringRules;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code rtm eval}, in the groups in which its help shows them. */
final class EvalFlags {
  private EvalFlags() {}

  /** What is compared. */
  static final class Data implements GroupedOptions.Group {
    @Option(
        names = "--annotations",
        paramLabel = "FILE|DIR",
        required = true,
        description =
            "The truth: a file of COCO's form (also COCO-WholeBody, Halpe, CrowdPose), or this"
                + " project's form with 3D keypoints, as a file or a folder of files.")
    Path annotations = Path.of("");

    @Option(
        names = "--images",
        paramLabel = "DIR",
        description = "The folder of the pictures, in which the models are run.")
    @Nullable Path images;

    @Option(
        names = "--results",
        paramLabel = "FILE|DIR",
        description =
            "Results that are there already, in place of --images: a results file of COCO's form,"
                + " or what 'rtm infer' wrote.")
    @Nullable Path results;

    @Option(
        names = "--keypoints",
        paramLabel = "NAME",
        description =
            "The keypoint set of the annotations, for example halpe26. Default: told by the names"
                + " in the file, or from their number. With coco the body only of whole-body"
                + " annotations is looked at.")
    @Nullable String keypoints;

    @Option(
        names = "--sigmas",
        paramLabel = "FILE|S,S,...",
        description =
            "How far annotators differ at each keypoint, for AP of keypoints of your own: as many"
                + " numbers as there are keypoints, or a text or JSON file with them. Default:"
                + " those of the set, of the annotations, or of the model's checkpoint.")
    @Nullable String sigmas;

    @Option(
        names = "--max-images",
        paramLabel = "N",
        description = "Only the first so many pictures of the annotations.")
    int most = Integer.MAX_VALUE;
  }

  /** Where people are looked for. */
  static final class People implements GroupedOptions.Group {
    @Option(
        names = "--bbox-from",
        paramLabel = "detector|gt|FILE",
        description =
            "Boxes of people: of the detector, of the annotations (gt), or of a file of detections"
                + " of COCO's form. Default: detector.")
    String boxes = "detector";

    @Option(
        names = "--bbox-thr",
        paramLabel = "T",
        description = "The score that a box of the detector or the file must exceed, 0 to 1.")
    @Nullable Float threshold;

    /** Whether any flag is there. */
    boolean any() {
      return threshold != null || !boxes.equals("detector");
    }
  }

  /** What is computed. */
  static final class Figures implements GroupedOptions.Group {
    @Option(
        names = "--metric",
        paramLabel = "M",
        split = ",",
        description =
            "ap, pck, mpjpe. Default: ap for bodies and whole bodies, pck for hands and faces, and"
                + " mpjpe where annotations and predictions are in 3D.")
    @Nullable Set<Metric> metrics;

    @Option(
        names = "--pck-thr",
        paramLabel = "T",
        description =
            "The threshold of PCK, relative to the longer side of the box and to the torso."
                + " Default: 0.2 for hands, 0.05 for all else.")
    @Nullable Double pckThreshold;

    @Option(
        names = "--score",
        paramLabel = "S",
        description =
            "By what people are ranked: bbox_keypoint (the detector's score times the mean keypoint"
                + " score above 0.2), bbox, keypoint. Default: bbox_keypoint, as mmpose.")
    ScoringRules.Mode score = ScoringRules.DEFAULT.mode();

    @Option(
        names = "--nms",
        paramLabel = "oks|none",
        description =
            "Whether someone is dropped who is as good as the same (OKS above 0.9) as someone with"
                + " a better score. Default: oks, as mmpose for top-down models.")
    Suppression suppression = Suppression.OKS;
  }

  /** How double people are dropped. */
  enum Suppression {
    OKS,
    NONE;

    /** The name as users give it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of the figures. */
  static final class Output implements GroupedOptions.Group {
    @Option(names = "--json", description = "Prints the figures as JSON.")
    boolean json;

    @Option(
        names = "--save-results",
        paramLabel = "FILE",
        description =
            "Writes the ranked predictions as a results file of COCO's form, for pycocotools and"
                + " xtcocotools.")
    @Nullable Path saved;
  }
}
