package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The frames of a recording, kept once for all formats that need the whole of it. */
final class SharedTracks {
  private final Recording recording;
  private final Path folder;
  private @Nullable Tracks tracks;
  private int users;

  /** None yet, and no temporary file either; the folder is made when there is one. */
  SharedTracks(Recording recording, Path folder) {
    this.recording = recording;
    this.folder = folder.toAbsolutePath();
  }

  /** Where the temporary file lies, an absolute path. */
  Path folder() {
    return folder;
  }

  /** The tracks, for one more user, who leaves them in the end. */
  Tracks join() throws IOException {
    Tracks shared = tracks;
    if (shared == null) {
      Files.createDirectories(folder);
      shared = new Tracks(recording, folder);
      tracks = shared;
    }
    users++;
    return shared;
  }

  /** The last of the users removes the temporary file. */
  void leave() throws IOException {
    users--;
    Tracks shared = tracks;
    if (users == 0 && shared != null) {
      tracks = null;
      shared.close();
    }
  }
}
