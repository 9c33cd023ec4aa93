package io.github.rtmjava.output.format;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose.angle.Angles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * OpenSim's MOT with the angles of {@link Angles} in degrees, a file for each person and a row for
 * each frame in which the person is; {@code nan} where a keypoint is missing. Angles in space from
 * models with depth, in the picture from others, as the header says.
 */
final class MotFile {
  private static final int DECIMALS = 6;

  private MotFile() {}

  static Optional<String> requirement(Recording recording) {
    return Angles.of(recording.keypointSet()).list().isEmpty()
        ? Optional.of(
            "mot holds angles of the body, which the keypoints %s do not give; take a model of bodies"
                .formatted(recording.keypointSet().name()))
        : Optional.empty();
  }

  static void write(Tracks tracks, NewFiles files) throws IOException {
    for (Track track : tracks.all()) {
      files.write(track, ".mot", out -> write(tracks, track, out));
    }
  }

  private static void write(Tracks tracks, Track track, OutputStream out) throws IOException {
    Recording recording = tracks.recording();
    Angles angles = Angles.of(recording.keypointSet());
    boolean space = Depth.isIn(recording) && recording.frame() != Frame3d.UVD;
    StringBuilder text = new StringBuilder("Coordinates\nversion=1\n");
    text.append("nRows=").append(track.size()).append('\n');
    text.append("nColumns=").append(1 + angles.list().size()).append('\n');
    text.append("inDegrees=yes\n\n");
    text.append(space ? "Angles in space, without a sign.\n" : "Angles in the picture.\n");
    text.append("endheader\ntime");
    angles.list().forEach(angle -> text.append('\t').append(angle.id()));
    text.append('\n');
    for (int i = 0; i < track.size(); i++) {
      PersonPose person = tracks.person(track, i);
      Decimals.append(text, tracks.time(track.frame(i)), DECIMALS);
      float[] degrees =
          space ? angles.degrees3d(person, recording.frame()) : angles.degrees2d(person);
      for (float value : degrees) {
        text.append('\t');
        if (Float.isFinite(value)) {
          Decimals.append(text, value, DECIMALS);
        } else {
          text.append("nan");
        }
      }
      text.append('\n');
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      text.setLength(0);
    }
  }
}
