package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.format.BodyAngles;
import io.github.rtmjava.output.format.Decimals;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * OpenSim's MOT with the angles of {@link io.github.rtmjava.motion.angle.Angles} in degrees, a file
 * for each person and, as in TRC, a row for each frame from the person's first to the last; {@code
 * nan} where a keypoint or the person is missing. Angles in space from models with depth, in the
 * picture from others, as the header says.
 */
final class MotFile {
  private static final int DECIMALS = 6;

  private final Tracks tracks;
  private final Track track;
  private final BodyAngles angles;
  private final FacingOverTime facing;
  private final OutputStream out;

  private MotFile(Tracks tracks, Track track, OutputStream out) {
    this.tracks = tracks;
    this.track = track;
    this.out = out;
    angles = new BodyAngles(tracks.recording());
    facing = angles.overTime();
  }

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    for (Track track : tracks.all()) {
      files.write(track, ".mot", out -> new MotFile(tracks, track, out).write());
    }
  }

  private void write() throws IOException {
    StringBuilder head = new StringBuilder("Coordinates\nversion=1\n");
    head.append("nRows=").append(track.span()).append('\n');
    head.append("nColumns=").append(1 + angles.list().size()).append('\n');
    head.append("inDegrees=yes\n\n");
    head.append(angles.depth() ? "Angles in space, without a sign.\n" : "Angles in the picture.\n");
    head.append("endheader\ntime");
    angles.list().forEach(angle -> head.append('\t').append(angle.id()));
    put(head.append('\n'));
    int next = 0;
    for (int frame = track.first(); frame <= track.last(); frame++) {
      boolean there = track.frame(next) == frame;
      rows(facing.add(alone(frame, there ? List.of(tracks.person(track, next++)) : List.of())));
    }
    rows(facing.finish());
  }

  /** A frame with this person, or with nobody. */
  private PoseFrame alone(int frame, List<PersonPose> person) {
    Recording recording = tracks.recording();
    return new PoseFrame(
        tracks.index(frame),
        tracks.time(frame),
        new PoseResult(
            recording.width(),
            recording.height(),
            recording.model(),
            recording.frame(),
            recording.keypointSet(),
            person));
  }

  private void rows(List<FacingOverTime.Frame> frames) throws IOException {
    for (FacingOverTime.Frame frame : frames) {
      StringBuilder row = new StringBuilder();
      Decimals.append(row, frame.poses().time(), DECIMALS);
      for (float value : degrees(frame)) {
        row.append('\t');
        if (Float.isFinite(value)) {
          Decimals.append(row, value, DECIMALS);
        } else {
          row.append("nan");
        }
      }
      put(row.append('\n'));
    }
  }

  private float[] degrees(FacingOverTime.Frame frame) {
    List<PersonPose> person = frame.poses().result().persons();
    if (person.isEmpty()) {
      float[] missing = new float[angles.list().size()];
      Arrays.fill(missing, Float.NaN);
      return missing;
    }
    return angles.depth()
        ? angles.space(person.get(0))
        : angles.flat(person.get(0), frame.facings().get(0));
  }

  private void put(StringBuilder text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
