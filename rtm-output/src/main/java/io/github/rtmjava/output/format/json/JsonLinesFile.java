package io.github.rtmjava.output.format.json;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The lines of {@link JsonLinesWriter} as a file that is there completely or not at all. */
public final class JsonLinesFile implements PoseWriter {
  private final NewFile file;
  private final JsonLinesWriter lines;

  private JsonLinesFile(NewFile file, JsonLinesWriter lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Begins a file.
   *
   * @param angles whether each person has angles, see {@link JsonLinesWriter}
   */
  public static JsonLinesFile open(Path target, Recording recording, boolean angles)
      throws IOException {
    NewFile file = NewFile.at(target);
    try {
      return new JsonLinesFile(file, new JsonLinesWriter(file.path(), recording, angles));
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    lines.write(frame);
  }

  @Override
  public void finish() throws IOException {
    lines.close();
    file.commit();
  }

  @Override
  public List<Path> written() {
    return List.of(file.target());
  }

  @Override
  public void close() throws IOException {
    try (file) {
      lines.close();
    }
  }
}
