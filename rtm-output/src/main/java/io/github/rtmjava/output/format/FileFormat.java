package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A format put together from its name and what writes it, for example
 *
 * <pre>{@code
 * FileFormat.file("csv", "a row for each keypoint", ".csv", CsvWriter::ofKeypoints)
 * }</pre>
 *
 * <p>Immutable.
 */
public final class FileFormat implements PoseFormat {
  private final String id;
  private final String description;
  private final String pattern;
  private final boolean needs3d;
  private final Requirement requirement;
  private final Start start;

  private FileFormat(
      String id,
      String description,
      String pattern,
      boolean needs3d,
      Requirement requirement,
      Start start) {
    this.id = id;
    this.description = description;
    this.pattern = pattern;
    this.needs3d = needs3d;
    this.requirement = requirement;
    this.start = start;
  }

  /**
   * A format of one file for each recording.
   *
   * @param ending what follows the stem in the file's name
   */
  public static FileFormat file(String id, String description, String ending, FileWriter writer) {
    return of(
        id,
        description,
        ending,
        (recording, folder, stem, tracks) -> writer.open(recording, folder.resolve(stem + ending)));
  }

  /**
   * A format of several files, or of a folder of them.
   *
   * @param pattern what follows the stem in the files' names; {@code %s} is the stem once more
   */
  public static FileFormat files(
      String id, String description, String pattern, FilesWriter writer) {
    return of(
        id,
        description,
        pattern,
        (recording, folder, stem, tracks) -> writer.open(recording, folder, stem));
  }

  /**
   * A format whose files are written when the whole recording is known. Its frames are kept on
   * disk, once for all such formats that {@link PoseFormats#open} opens together.
   *
   * @param pattern what follows the stem in the files' names; {@code %s} is the stem once more
   */
  public static FileFormat tracks(
      String id, String description, String pattern, TrackFiles.Content content) {
    return of(
        id,
        description,
        pattern,
        (recording, folder, stem, tracks) -> new TrackWriter(tracks, stem, content));
  }

  private static FileFormat of(String id, String description, String pattern, Start start) {
    return new FileFormat(
        id, description, pattern, false, (name, recording) -> Optional.empty(), start);
  }

  /** The same format, which holds nothing without 3D keypoints. */
  public FileFormat in3d() {
    return new FileFormat(id, description, pattern, true, requirement, start);
  }

  /** The same format with a requirement of its own, asked after that of 3D keypoints. */
  public FileFormat requiring(Requirement own) {
    return new FileFormat(id, description, pattern, needs3d, own, start);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String files(String stem) {
    return stem + pattern.replace("%s", stem);
  }

  @Override
  public boolean needs3d() {
    return needs3d;
  }

  @Override
  public Optional<String> requirement(Recording recording) {
    return PoseFormat.super.requirement(recording).or(() -> requirement.problem(id, recording));
  }

  @Override
  public PoseWriter open(Recording recording, Path folder, String stem) throws IOException {
    return open(recording, folder, stem, new SharedTracks(recording, folder));
  }

  /** The same, where several formats of the recording keep its frames together. */
  PoseWriter open(Recording recording, Path folder, String stem, SharedTracks tracks)
      throws IOException {
    PoseFormats.require(this, recording);
    return start.open(recording, folder, stem, tracks);
  }

  /** Begins to write one file. */
  @FunctionalInterface
  public interface FileWriter {
    /** The writer, which its caller then owns. */
    PoseWriter open(Recording recording, Path target) throws IOException;
  }

  /** Begins to write files whose names begin with a stem. */
  @FunctionalInterface
  public interface FilesWriter {
    /** The writer, which its caller then owns. */
    PoseWriter open(Recording recording, Path folder, String stem) throws IOException;
  }

  /** What a format asks of a recording. */
  @FunctionalInterface
  public interface Requirement {
    /** Why a recording cannot be kept in the format of that name; empty if it can. */
    Optional<String> problem(String id, Recording recording);
  }

  @FunctionalInterface
  private interface Start {
    PoseWriter open(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException;
  }
}
