package io.github.rtmjava.server.camera;

import io.github.rtmjava.server.web.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher asks for.
 *
 * @param camera its name; null for the first one
 * @param drawn whether people are drawn on the pictures
 * @param size pixels of a picture's longer side at most; 0 for those of the camera
 * @param angles whether messages hold the angles of the bodies
 * @param frames after which it ends
 */
record LiveQuery(
    @Nullable String camera, LiveForm form, boolean drawn, int size, boolean angles, long frames) {
  private static final int MOST_FRAMES = 1_000_000_000;

  /** Few, since each is made by itself. */
  private static final List<String> SIZES = List.of("320", "480", "640", "1280");

  /**
   * Reads the query of a request.
   *
   * @throws io.github.rtmjava.server.web.ProblemException if something in it makes no sense
   */
  static LiveQuery of(Parameters parameters) {
    parameters.texts("token"); // The guard's.
    String name = parameters.choice("form", LiveForm.names());
    LiveForm form = name == null ? LiveForm.EVENTS : LiveForm.of(name);
    String size = parameters.choice("size", SIZES);
    LiveQuery query =
        new LiveQuery(
            parameters.text("camera"),
            form,
            parameters.flag("drawn", form == LiveForm.MJPEG),
            size == null ? 0 : Integer.parseInt(size),
            parameters.flag("angles", false),
            parameters.count("frames", 1, MOST_FRAMES, MOST_FRAMES));
    parameters.requireNoOthers();
    return query;
  }

  /** Whether people have to be looked for. */
  boolean needsPoses() {
    return drawn || form != LiveForm.MJPEG;
  }
}
