package io.github.rtmjava.output.format.table;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.format.BodyAngles;
import io.github.rtmjava.output.format.PersonNumbers;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * Draws the angles of the body over time, a PNG for each person: in space from models with depth,
 * in the picture from others. Memory is bounded: long videos keep the least and the most of
 * stretches of frames, and of more than a hundred people those seen longest are drawn.
 */
final class AnglePlot implements PoseWriter {
  private static final int MOST_PEOPLE = 100;

  private final Recording recording;
  private final BodyAngles angles;
  private final FacingOverTime facing;
  private final Path folder;
  private final String stem;
  private final Map<Integer, Curves> people = new TreeMap<>();
  private final List<Path> written = new ArrayList<>();

  AnglePlot(Recording recording, Path folder, String stem) {
    this.recording = recording;
    this.angles = new BodyAngles(recording);
    this.facing = angles.overTime();
    this.folder = folder;
    this.stem = stem;
  }

  @Override
  public void write(PoseFrame frame) {
    add(facing.add(frame));
  }

  private void add(List<FacingOverTime.Frame> frames) {
    frames.forEach(frame -> add(frame.poses(), frame.facings()));
  }

  private void add(PoseFrame frame, List<Facing> facings) {
    int[] numbers = PersonNumbers.of(frame.result());
    for (int i = 0; i < numbers.length; i++) {
      PersonPose person = frame.result().persons().get(i);
      if (!people.containsKey(numbers[i]) && people.size() == MOST_PEOPLE) {
        people.remove(shortest());
      }
      people
          .computeIfAbsent(numbers[i], id -> new Curves(angles.list().size()))
          .add(
              frame.index(),
              frame.time(),
              angles.depth() ? angles.space(person) : angles.flat(person, facings.get(i)));
    }
  }

  private int shortest() {
    return people.entrySet().stream()
        .min(Comparator.comparingInt(entry -> entry.getValue().frames()))
        .orElseThrow()
        .getKey();
  }

  @Override
  public void finish() throws IOException {
    add(facing.finish());
    for (Map.Entry<Integer, Curves> person : people.entrySet()) {
      BufferedImage picture = draw(person.getKey(), person.getValue());
      Path file = folder.resolve("%s_%s.angles.png".formatted(stem, person.getKey()));
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      NewFile.write(file, out -> out.write(Drawings.marked(png.toByteArray())));
      written.add(file);
    }
    people.clear();
  }

  private BufferedImage draw(int id, Curves curves) {
    String kind = angles.depth() ? "in space (" + recording.frame().id() + ")" : "in the picture";
    return new AngleSheet(angles.list(), curves)
        .draw("%s, person %s: angles %s".formatted(recording.source(), id, kind));
  }

  @Override
  public List<Path> written() {
    return List.copyOf(written);
  }

  @Override
  public void close() {
    people.clear();
  }
}
