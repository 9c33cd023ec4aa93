package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code rtm infer}, in the groups in which its help shows them. */
final class InferFlags {
  private InferFlags() {}

  /** Which networks. */
  static final class Models implements GroupedOptions.Group {
    @Option(
        names = "--model",
        paramLabel = "NAME|PATH",
        description =
            "The pose model: human, body26, wholebody, wholebody3d, hand, face, rtmo, hand3d, the"
                + " name of an official model ('rtm models list'), a bundle, or a .pth file."
                + " Default: the embedded model.")
    @Nullable String model;

    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description =
            "With --model body, body_with_feet, wholebody, wholebody3d or hand: lightweight,"
                + " balanced or performance, the models that rtmlib takes.")
    @Nullable String mode;

    @Option(
        names = "--detector",
        paramLabel = "NAME|PATH|none",
        description =
            "The detector, likewise; with 'none' the boxes of --bbox are taken, or the whole"
                + " picture as one person's. Default: the one that goes with the model, or the"
                + " embedded one.")
    @Nullable String detector;

    @Option(
        names = "--classes",
        paramLabel = "NAME|NUMBER",
        split = ",",
        description =
            "What the detector looks for, of its classes: their names, or their numbers from 0 on."
                + " Default: person, or the only class.")
    List<String> classes = List.of();

    @Option(
        names = "--flip-test",
        description =
            "Looks at each crop in the mirror too, as published figures of 2D models are computed;"
                + " takes twice the time.")
    boolean flipTest;

    @Option(
        names = "--batch-size",
        paramLabel = "N",
        description = "How many pictures go through the networks together. Default: 8.")
    @Nullable Integer batchSize;

    /**
     * A builder with these models on that engine.
     *
     * @param looking whether people are to be looked for; otherwise there is no detector
     */
    PoseInferencerBuilder builder(EngineFlags engine, boolean looking) {
      PoseInferencerBuilder builder =
          PoseInferencer.builder()
              .engine(engine.engine)
              .device(engine.device)
              .threads(engine.threads)
              .precision(engine.precision)
              .deterministic(engine.deterministic)
              .flipTest(flipTest)
              .classes(classes.toArray(String[]::new));
      if (model != null) {
        builder.model(model);
      }
      if (mode != null) {
        builder.mode(mode);
      }
      if (batchSize != null) {
        builder.batchSize(batchSize);
      }
      if (!looking) {
        builder.noDetector();
      } else if (detector != null) {
        builder.detector(detector);
      }
      return builder;
    }

    /** What is taken without having been named; nothing if the pose model was. */
    Optional<String> remark(boolean looking) {
      if (model != null) {
        return Optional.empty();
      }
      return Optional.of(
          looking && detector == null
              ? "using the embedded models; name others with --model and --detector"
              : "using the embedded pose model; name another with --model");
    }

    /** Whether any flag is there. */
    boolean any() {
      return model != null
          || mode != null
          || detector != null
          || !classes.isEmpty()
          || flipTest
          || batchSize != null;
    }

    boolean withoutDetector() {
      return "none".equals(detector);
    }
  }

  /** Who of those that a detector finds is looked at. */
  static class Choosing implements GroupedOptions.Group {
    @Option(
        names = "--bbox-thr",
        paramLabel = "T",
        description =
            "The score that a detected box must exceed, 0 to 1. Default: what the detector's"
                + " makers recommend.")
    @Nullable Float threshold;

    @Option(
        names = "--nms-thr",
        paramLabel = "T",
        description =
            "Leaves out boxes that overlap a better one by more than this IoU, 0 to 1, after the"
                + " detector's own suppression. Default: what goes with the model, or none.")
    @Nullable Float nms;

    @Option(
        names = "--single-person",
        description =
            "Only one person: in pictures the one with the largest product of box area and score,"
                + " in videos the one with the largest sum of it over all frames (of live sources"
                + " the first one, until they are lost).")
    boolean single;

    @Option(
        names = "--max-persons",
        paramLabel = "N",
        description = "At most so many people, those with the best scores.")
    @Nullable Integer most;

    /** Whether any flag chooses among detected people. */
    boolean choose() {
      return threshold != null || nms != null || single || most != null;
    }
  }

  /** Who is looked at. */
  static final class People extends Choosing {
    @Option(
        names = "--bbox",
        paramLabel = "X1,Y1,X2,Y2",
        converter = BoxConverter.class,
        description =
            "A person's box in pixels, for every picture; no detector is used. Can be repeated.")
    List<Box> boxes = List.of();
  }

  /** Where the 3D keypoints of a picture lie. */
  static class Placing implements GroupedOptions.Group {
    @Option(
        names = "--camera",
        paramLabel = "FX,FY,CX,CY",
        converter = CameraConverter.class,
        description =
            "Focal lengths and principal point in pixels. Default: upstream's nominal focal"
                + " lengths, the middle of the picture; none for hands.")
    @Nullable Camera camera;

    @Option(
        names = "--root-depth",
        paramLabel = "M",
        description =
            "Distance of the people's hips, or of the right wrist for a model of hands, from the"
                + " camera in metres; goes with --camera. Default: upstream's nominal 5.14388; none"
                + " for hands.")
    @Nullable Double rootDepth;

    @Option(
        names = "--calib",
        paramLabel = "FILE[:NAME]",
        description =
            "The camera's calibration, in place of --camera: a TOML file of Pose2Sim, Sports2D or"
                + " Anipose, with the name of one of its cameras where there are several.")
    @Nullable String calibration;

    @Option(
        names = "--frame",
        paramLabel = "F",
        description =
            "camera: x right, y down, z forward; root_relative: the same minus the middle of the"
                + " hips; z_up: X right, Y away, Z up; y_up: X right, Y up, Z towards the camera;"
                + " world (videos, or with --floor): Z up from the floor, Y away from the camera."
                + " Default: camera; for hands without camera and root depth uvd: column and row in"
                + " pixels, metres behind the right wrist.")
    @Nullable FrameFlag frame;

    @Option(
        names = "--compat",
        paramLabel = "rtmpose3d",
        description = "3D keypoints as this Python package returns them, slips included.")
    @Nullable CompatFlag compat;
  }

  /** Where 3D keypoints lie. */
  static final class Space extends Placing {
    @Option(
        names = "--person-height",
        paramLabel = "M",
        description =
            "How tall the people of a video stand, in metres: tells how far away they are, with the"
                + " camera's focal length.")
    @Nullable Double personHeight;

    @Option(
        names = "--bone-lengths",
        description = "Gives everybody in a video bones of the same length in all frames.")
    boolean boneLengths;

    @Option(
        names = "--floor",
        paramLabel = "PITCH,HEIGHT",
        description =
            "How the camera stands, for --frame world: degrees by which it looks downwards, and its"
                + " height above the floor in metres. Default: from the calibration, or found by"
                + " the feet of the people in a video.")
    @Nullable String floor;

    /** Whether any flag is about people over time. */
    boolean overTime() {
      return personHeight != null || boneLengths;
    }

    /** Whether any flag places people. */
    boolean says() {
      return camera != null
          || calibration != null
          || frame != null
          || personHeight != null
          || boneLengths
          || floor != null;
    }
  }

  /** Whose conventions can be asked for. */
  enum CompatFlag {
    RTMPOSE3D;

    /** The name as users give it. */
    @Override
    public String toString() {
      return "rtmpose3d";
    }
  }

  /** What becomes of what is found. */
  static final class Results implements GroupedOptions.Group {
    @Option(
        names = "--save",
        paramLabel = "WHAT",
        split = ",",
        completionCandidates = Saving.Names.class,
        description = {
          "What to write, of ${COMPLETION-CANDIDATES}. A sheet shows all pictures together; what"
              + " the others are stands in docs/outputs.md. Default: json,overlay."
        })
    List<String> save = List.of("json", "overlay");

    @Option(
        names = "--angles",
        description = "Adds the angles of joints and segments to the JSON, in degrees.")
    boolean angles;

    @Option(
        names = "--draw",
        paramLabel = "HOW",
        split = ",",
        description =
            "What is drawn besides the skeletons, and how: bbox, label, index (of each keypoint),"
                + " opacity (by score), angles (of joints), trail (of videos), black (no picture"
                + " behind), openpose (its colours and neck), none. Default: bbox,label.")
    List<DrawFlag> draw = List.of(DrawFlag.BBOX, DrawFlag.LABEL);

    @Option(
        names = "--kpt-thr",
        paramLabel = "T",
        description =
            "Keypoints of a lower score are not drawn; the JSON holds all of them. Default: 0.3.")
    float keypointThreshold = 0.3f;

    @Option(
        names = "--radius",
        paramLabel = "PX",
        description =
            "Radius of drawn keypoints in pixels of the picture. Default: by the size of each"
                + " person.")
    double radius;

    @Option(
        names = "--thickness",
        paramLabel = "PX",
        description =
            "Thickness of drawn links in pixels of the picture. Default: by the size of each"
                + " person.")
    double thickness;

    @Option(
        names = "--show",
        description = "Shows each picture in a window and waits until it is closed.")
    boolean show;

    @Option(
        names = "--show-interval",
        paramLabel = "S",
        description =
            "With --show: closes the window of a picture after so many seconds and goes on.")
    @Nullable Double showInterval;

    /**
     * What is written.
     *
     * @throws IllegalArgumentException if something unknown is to be written
     */
    Saving saving() {
      return Saving.of(save);
    }

    /** How people are drawn. */
    DrawOptions drawing() {
      return DrawOptions.of(keypointThreshold)
          .with(DrawFlag.details(draw))
          .withRadius(radius)
          .withThickness(thickness);
    }
  }
}
