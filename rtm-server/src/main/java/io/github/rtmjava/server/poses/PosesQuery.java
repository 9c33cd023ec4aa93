package io.github.rtmjava.server.poses;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of pictures, as the flags of {@code rtm infer} ask it.
 *
 * @param model its name; null for the first one
 * @param boxes of the people in each picture; none where people are to be found
 * @param options which people are looked at, and how they are placed
 * @param frame of 3D keypoints; null for the model's
 * @param angles whether JSON holds angles
 * @param names whether JSON holds the names of the keypoints
 * @param drawing how pictures are drawn
 */
public record PosesQuery(
    @Nullable String model,
    List<Box> boxes,
    PoseOptions options,
    @Nullable Frame3d frame,
    boolean angles,
    boolean names,
    DrawOptions drawing) {
  private static final int MOST_PEOPLE = 10_000;
  private static final int MOST_PIXELS = 1000;
  private static final List<String> FRAMES = List.of("camera", "root_relative", "z_up", "y_up");
  private static final List<String> VIDEO_FRAMES =
      List.of("camera", "root_relative", "z_up", "y_up", "world");

  /**
   * Reads parameters; the caller may read more of them.
   *
   * @throws ProblemException if one makes no sense
   */
  public static PosesQuery of(Parameters parameters) {
    return of(parameters, FRAMES);
  }

  /** The same for videos, in which the floor can be found. */
  public static PosesQuery ofVideo(Parameters parameters) {
    return of(parameters, VIDEO_FRAMES);
  }

  private static PosesQuery of(Parameters parameters, List<String> frames) {
    String model = parameters.text("model");
    List<Box> boxes = parameters.boxes("bbox");
    String frame = parameters.choice("frame", frames);
    String compat = parameters.choice("compat", List.of("rtmpose3d"));
    Camera camera = camera(parameters);
    if (camera != null && compat != null) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected a camera or compat=rtmpose3d, found both");
    }
    PoseOptions options =
        new PoseOptions(
            parameters.number("bbox_thr", 0, 1),
            parameters.number("nms_thr", 0, 1),
            parameters.count("max_persons", 1, MOST_PEOPLE, Integer.MAX_VALUE),
            parameters.flag("single_person", false),
            camera,
            null,
            compat == null ? Compat.NONE : Compat.RTMPOSE3D);
    return new PosesQuery(
        model,
        boxes,
        options,
        frame == null ? null : Frame3d.valueOf(frame.toUpperCase(Locale.ROOT)),
        parameters.flag("angles", false),
        parameters.flag("keypoint_names", true),
        drawing(parameters));
  }

  private static @Nullable Camera camera(Parameters parameters) {
    double[] four = parameters.four("camera", "fx,fy,cx,cy in pixels");
    Float depth = parameters.number("root_depth", 0.01, 10_000);
    if (four == null) {
      if (depth != null) {
        throw new ProblemException(
            Reason.BAD_REQUEST, "expected camera=fx,fy,cx,cy with root_depth, found none");
      }
      return null;
    }
    double metres = depth == null ? Camera.NOMINAL_ROOT_DEPTH : depth;
    try {
      return new Camera(four[0], four[1], four[2], four[3], metres);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static DrawOptions drawing(Parameters parameters) {
    Float threshold = parameters.number("kpt_thr", 0, 1);
    Float radius = parameters.number("radius", 0, MOST_PIXELS);
    Float thickness = parameters.number("thickness", 0, MOST_PIXELS);
    return DrawOptions.of(threshold == null ? 0.3f : threshold)
        .withRadius(radius == null ? 0 : radius)
        .withThickness(thickness == null ? 0 : thickness);
  }
}
