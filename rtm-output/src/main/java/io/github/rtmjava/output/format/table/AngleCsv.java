package io.github.rtmjava.output.format.table;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.format.BodyAngles;
import io.github.rtmjava.output.format.Decimals;
import io.github.rtmjava.output.format.PersonNumbers;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values with a row per person and frame: {@code frame}, {@code time_s}, {@code
 * id}, the angles in the picture, for example {@code right_knee_deg}, and from models with depth
 * those in space, {@code right_knee_3d_deg}; see {@link io.github.rtmjava.motion.angle.Angles}. An
 * angle with a keypoint that is not seen is an empty cell.
 */
final class AngleCsv implements PoseWriter {
  private static final int DECIMALS = 3;

  private final NewFile file;
  private final BodyAngles angles;
  private final FacingOverTime facing;
  private final StringBuilder row = new StringBuilder();

  AngleCsv(Recording recording, Path target) throws IOException {
    angles = new BodyAngles(recording);
    facing = angles.overTime();
    file = NewFile.at(target);
    List<String> columns = new ArrayList<>(List.of("frame", "time_s", "id"));
    for (BodyAngle angle : angles.list()) {
      columns.add(angle.id() + "_deg");
    }
    for (BodyAngle angle : angles.depth() ? angles.list() : List.<BodyAngle>of()) {
      columns.add(angle.id() + "_3d_deg");
    }
    row.append(String.join(",", columns));
    flush();
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    rows(facing.add(frame));
  }

  private void rows(List<FacingOverTime.Frame> frames) throws IOException {
    for (FacingOverTime.Frame frame : frames) {
      rows(frame.poses(), frame.facings());
    }
  }

  private void rows(PoseFrame frame, List<Facing> facings) throws IOException {
    int[] numbers = PersonNumbers.of(frame.result());
    for (int i = 0; i < numbers.length; i++) {
      PersonPose person = frame.result().persons().get(i);
      row.append(frame.index()).append(',').append(frame.time()).append(',').append(numbers[i]);
      cells(angles.flat(person, facings.get(i)));
      if (angles.depth()) {
        cells(angles.space(person));
      }
      flush();
    }
  }

  private void cells(float[] degrees) {
    for (float value : degrees) {
      row.append(',');
      if (Float.isFinite(value)) {
        Decimals.append(row, value, DECIMALS);
      }
    }
  }

  private void flush() throws IOException {
    row.append('\n');
    file.out().write(row.toString().getBytes(StandardCharsets.UTF_8));
    row.setLength(0);
  }

  @Override
  public void finish() throws IOException {
    rows(facing.finish());
    file.commit();
  }

  @Override
  public List<Path> written() {
    return List.of(file.target());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
