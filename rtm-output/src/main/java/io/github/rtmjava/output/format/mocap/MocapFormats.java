package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.BodyAngles;
import io.github.rtmjava.output.format.FileFormat;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormatProvider;
import java.util.List;

/**
 * Motion capture: markers ({@code trc}, {@code c3d}), angles ({@code mot}), and bones that turn
 * ({@code bvh}, {@code glb}).
 */
public final class MocapFormats implements PoseFormatProvider {
  @Override
  public List<PoseFormat> formats() {
    return List.of(
        FileFormat.tracks(
                "trc", "markers, a file for each person (OpenSim)", "_<id>.trc", TrcFile::write)
            .in3d(),
        FileFormat.tracks(
                "c3d",
                "points, a file for each person (Visual3D, Vicon, Mokka, ezc3d)",
                "_<id>.c3d",
                C3dFile::write)
            .in3d(),
        FileFormat.tracks(
                "mot",
                "angles in degrees, a file for each person (OpenSim)",
                "_<id>.mot",
                MotFile::write)
            .requiring(BodyAngles::requirement),
        FileFormat.tracks(
                "bvh",
                "turning bones, a file for each person (Blender, MotionBuilder)",
                "_<id>.bvh",
                BvhFile::write)
            .in3d()
            .requiring(Rig::requirement),
        FileFormat.tracks(
                "glb",
                "a skeleton that bends for each person (Blender, Unity, the web)",
                ".glb",
                GlbFile::write)
            .in3d()
            .requiring(Rig::requirement));
  }
}
