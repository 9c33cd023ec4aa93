package io.github.rtmjava.recording;

import io.github.rtmjava.motion.track.PeopleSeen;
import io.github.rtmjava.output.format.json.JsonLinesWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The poses of frame after frame: kept in a temporary file until all are there, and written as
 * lines of JSON while they come. Where one person is kept, it is known only in the end who that is,
 * unless the source is live; then the lines are written in the end too.
 *
 * <p>For one thread.
 */
public final class RecordedFrames implements AutoCloseable {
  private final Path folder;
  private final Recording recording;
  private final RecordingOptions options;
  private final @Nullable Path file;
  private final boolean choosesLater;
  private final PoseSpool all;
  private final PeopleSeen people = new PeopleSeen();
  private final Set<Integer> ids = new HashSet<>();
  private @Nullable PoseSpool kept;
  private @Nullable JsonLinesWriter lines;
  private boolean written;

  private RecordedFrames(
      Path folder,
      Recording recording,
      RecordingOptions options,
      @Nullable Path file,
      boolean choosesLater)
      throws IOException {
    this.folder = folder;
    this.recording = recording;
    this.options = options;
    this.file = file;
    this.choosesLater = choosesLater;
    this.all = PoseSpool.in(folder);
  }

  /**
   * Begins with none.
   *
   * @param folder for temporary files
   * @param recording what they are of
   * @param live whether the source cannot be read again
   * @param file of the lines, which is there from the first of them on; null for none
   */
  public static RecordedFrames begin(
      Path folder, Recording recording, RecordingOptions options, boolean live, @Nullable Path file)
      throws IOException {
    return new RecordedFrames(folder, recording, options, file, options.single() && !live);
  }

  /** Adds a frame. */
  public void add(PoseFrame poses) throws IOException {
    all.add(poses);
    people.add(poses);
    for (PersonPose person : poses.result().persons()) {
      person.id().ifPresent(ids::add);
    }
    if (!choosesLater) {
      write(poses);
    }
  }

  private void write(PoseFrame poses) throws IOException {
    if (file == null) {
      return;
    }
    if (lines == null) {
      if (Files.isRegularFile(file)) {
        Files.delete(file); // so that nothing is written over what a link leads to
      }
      lines = new JsonLinesWriter(file, options.early(recording), options.angles());
      written = true;
    }
    lines.write(options.early(poses));
  }

  /**
   * Completes the lines.
   *
   * @param step is told of each frame that is written only now; what it throws ends it
   * @return the frames; with one person alone, where one is kept
   */
  public PoseSpool complete(Runnable step) throws IOException {
    if (choosesLater) {
      keepOne(step);
    }
    endLines();
    return kept == null ? all : kept;
  }

  /** The person who is large and long in the picture. */
  private void keepOne(Runnable step) throws IOException {
    PoseSpool spool = PoseSpool.in(folder);
    kept = spool;
    OptionalInt id = people.dominant().stream().mapToInt(PeopleSeen.Seen::id).findFirst();
    ids.removeIf(other -> id.isEmpty() || other != id.getAsInt());
    for (int i = 0; i < all.size(); i++) {
      step.run();
      PoseFrame frame = all.get(i);
      PoseFrame one =
          frame.with(
              frame
                  .result()
                  .with(
                      frame.result().persons().stream()
                          .filter(person -> person.id().equals(id))
                          .toList()));
      spool.add(one);
      write(one);
    }
  }

  private void endLines() throws IOException {
    JsonLinesWriter open = lines;
    lines = null;
    if (open != null) {
      open.close();
    }
  }

  /** What the frames are of. */
  public Recording recording() {
    return recording;
  }

  /** How many frames there are. */
  public int size() {
    return all.size();
  }

  /** How many people there are, of those that are kept; 0 where nobody has an id. */
  public int people() {
    return ids.size();
  }

  /** The file of the lines, if there is one. */
  public Optional<Path> written() {
    return written ? Optional.ofNullable(file) : Optional.empty();
  }

  /** Removes the lines, which are of a part of the frames. */
  public void discard() throws IOException {
    try {
      endLines();
    } finally {
      if (written && file != null) {
        Files.deleteIfExists(file);
      }
      written = false;
    }
  }

  /** Forgets the frames; lines that were written stay. */
  @Override
  public void close() throws IOException {
    PoseSpool chosen = kept;
    try {
      endLines();
    } finally {
      all.close();
      if (chosen != null) {
        chosen.close();
      }
    }
  }
}
