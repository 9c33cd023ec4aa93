package io.github.rtmjava.output.viewer;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.motion.space.GroundEstimator;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one HTML page in which the people of a recording can be turned, played and measured. It
 * needs nothing but a browser with WebGL: three.js is in it, and so are the poses, in chunks of
 * {@value #CHUNK} frames that the page decodes when it comes to them.
 *
 * <p>Coordinates are rounded to 16-bit steps of at least 1/16 px and 0.5 mm (steps grow where a
 * person moves by more than 4,000 px or 32 m within a chunk), scores to 8 bits, angles to 0.02
 * degrees. Frames go to a temporary file beside the target; what stays in memory are a chunk and a
 * few bytes for each frame.
 */
public final class ViewerWriter implements PoseWriter {
  static final int CHUNK = 256;

  private final Recording recording;
  private final Path target;
  private final ViewerOptions options;
  private final BlockSpool spool;
  private final BlockBytes block = new BlockBytes();
  private final BlockBytes times = new BlockBytes();
  private final Map<Integer, TrackChunk> chunk = new LinkedHashMap<>();
  private final Map<Integer, Presence> people = new LinkedHashMap<>();
  private final FloorHeight lowest = new FloorHeight();
  private final @Nullable GroundEstimator ground;
  private final Angles angles;
  private final FacingOverTime facing;
  private final List<BodyAngle> angleList;
  private int frames;
  private long lastIndex;
  private boolean depth;

  /**
   * Begins a page.
   *
   * @param recording whose frames will be written
   * @param target the HTML file; its folder is made if it is not there
   */
  public ViewerWriter(Recording recording, Path target, ViewerOptions options) throws IOException {
    this.recording = recording;
    this.target = target.toAbsolutePath();
    this.options = options;
    ground =
        ViewAxes.atCamera(recording.frame())
            ? GroundEstimator.of(recording.keypointSet(), options.minScore()).orElse(null)
            : null;
    angles = Angles.of(recording.keypointSet(), options.minScore());
    facing = angles.overTime();
    angleList = options.angles() ? angles.list() : List.of();
    Path folder = this.target.getParent();
    if (folder == null || Files.isDirectory(this.target)) {
      throw new IOException("expected an HTML file to write, found the folder " + target);
    }
    Files.createDirectories(folder);
    spool = BlockSpool.in(folder);
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    add(facing.add(frame));
  }

  private void add(List<FacingOverTime.Frame> faced) throws IOException {
    for (FacingOverTime.Frame frame : faced) {
      add(frame.poses(), frame.facings());
    }
  }

  private void add(PoseFrame frame, List<Facing> facings) throws IOException {
    int place = frames % CHUNK;
    List<PersonPose> persons = frame.result().persons();
    for (int i = 0; i < persons.size(); i++) {
      PersonPose person = persons.get(i);
      int id = person.id().orElse(-1 - i);
      float[][] points = ViewAxes.metres(person, recording.frame());
      depth |= points.length > 0;
      lowest.add(ViewAxes.lowest(points, person.scores(), recording.frame(), options.minScore()));
      chunk
          .computeIfAbsent(
              id, key -> new TrackChunk(key, recording.keypointSet().size(), angleList.size()))
          .add(place, person, points, degrees(person, facings.get(i)));
      people.computeIfAbsent(id, key -> new Presence()).add(frames);
    }
    if (ground != null) {
      ground.add(inCamera(frame));
    }
    times.float64(frame.time());
    times.int32(Math.toIntExact(frame.index() - lastIndex));
    lastIndex = frame.index();
    frames++;
    if (frames % CHUNK == 0) {
      flush();
    }
  }

  @Override
  public void finish() throws IOException {
    add(facing.finish());
    if (frames % CHUNK != 0) {
      flush();
    }
    spool.add("times", times);
    ViewerManifest manifest =
        new ViewerManifest(recording, options, frames, CHUNK, depth, axes(), people, angleList);
    NewFile.write(target, out -> ViewerPage.write(out, recording.source(), manifest, spool));
  }

  @Override
  public List<Path> written() {
    return List.of(target);
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }

  /** On the floor that people were seen to stand on; otherwise as the frame lies. */
  private PageAxes axes() {
    Frame3d frame = recording.frame();
    Optional<WorldPose> found = ground == null ? Optional.empty() : ground.estimate();
    if (found.isPresent()) {
      return PageAxes.standing(frame, found.get());
    }
    return frame == Frame3d.WORLD
        ? PageAxes.of(frame, 0, options.camera())
        : PageAxes.of(
            frame, lowest.value(), ViewAxes.atCamera(frame) ? WorldPose.level(0, 0) : null);
  }

  private PoseFrame inCamera(PoseFrame frame) {
    PoseResult result = frame.result();
    List<PersonPose> persons = new ArrayList<>();
    for (PersonPose person : result.persons()) {
      float[][] xyz = person.keypoints3d();
      for (int k = 0; k < xyz.length; k++) {
        xyz[k] = ViewAxes.inCamera(xyz[k], recording.frame());
      }
      persons.add(person.withKeypoints3d(xyz));
    }
    return frame.with(
        new PoseResult(
            result.width(),
            result.height(),
            result.model(),
            Frame3d.CAMERA,
            result.keypointSet(),
            persons));
  }

  private float[] degrees(PersonPose person, Facing facing) {
    if (angleList.isEmpty()) {
      return new float[0];
    }
    return depth && recording.frame() != Frame3d.UVD
        ? angles.degrees3d(person, recording.frame())
        : angles.degrees2d(person, facing);
  }

  private void flush() throws IOException {
    int number = (frames - 1) / CHUNK;
    block.clear();
    block.int32(chunk.size());
    chunk.values().forEach(track -> track.poses(block));
    spool.add("pose-" + number, block);
    if (!angleList.isEmpty()) {
      block.clear();
      block.int32(chunk.size());
      chunk.values().forEach(track -> track.angles(block));
      spool.add("angle-" + number, block);
    }
    chunk.clear();
  }
}
