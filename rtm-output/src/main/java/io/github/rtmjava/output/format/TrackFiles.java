package io.github.rtmjava.output.format;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.files.NewFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of one recording and their names.
 *
 * @param files which appear together
 * @param stem what their names begin with
 */
public record TrackFiles(NewFiles files, String stem) {
  /** Where the files will be; temporary ones may lie there too. */
  public Path folder() {
    return files.folder();
  }

  /** Writes a file whose name is the stem and an ending. */
  public void write(String ending, NewFile.Content content) throws IOException {
    files.write(stem + ending, content);
  }

  /** Writes the file of one person. */
  public void write(Track track, String ending, NewFile.Content content) throws IOException {
    files.write(name(track, ending), content);
  }

  /** The name of the file of one person. */
  public String name(Track track, String ending) {
    return stem + "_" + track.number() + ending;
  }

  /** Makes the files of a recording. */
  @FunctionalInterface
  public interface Content {
    /** Writes all files; the tracks are there until it returns. */
    void write(Tracks tracks, TrackFiles files) throws IOException;
  }
}
