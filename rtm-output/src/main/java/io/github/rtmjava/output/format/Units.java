package io.github.rtmjava.output.format;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.Recording;

/** How names of columns and fields say the unit and the frame of their numbers. */
public final class Units {
  private Units() {}

  /** For example {@code camera_m}; {@code uvd_px_px_m} where two are pixels. */
  public static String of(Frame3d frame) {
    return frame == Frame3d.UVD ? "uvd_px_px_m" : frame.id() + "_m";
  }

  /** The names of three coordinates, for example {@code x_camera_m}. */
  public static String[] axes(Recording recording) {
    return recording.frame() == Frame3d.UVD
        ? new String[] {"u_px", "v_px", "depth_m"}
        : new String[] {
          "x_" + of(recording.frame()), "y_" + of(recording.frame()), "z_" + of(recording.frame())
        };
  }
}
