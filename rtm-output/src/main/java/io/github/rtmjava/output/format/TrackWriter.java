package io.github.rtmjava.output.format;

import io.github.rtmjava.files.NewFiles;
import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Keeps all frames on disk, and writes the files when the last is there. */
final class TrackWriter implements PoseWriter {
  private final SharedTracks shared;
  private final Tracks tracks;
  private final String stem;
  private final TrackFiles.Content content;
  private List<Path> written = List.of();
  private int frames;
  private boolean closed;

  TrackWriter(SharedTracks shared, String stem, TrackFiles.Content content) throws IOException {
    this.shared = shared;
    this.stem = stem;
    this.content = content;
    tracks = shared.join();
  }

  /** Each of those who share the tracks gets every frame, and the first of them keeps it. */
  @Override
  public void write(PoseFrame frame) throws IOException {
    if (frames == tracks.frames()) {
      tracks.add(frame);
    }
    frames++;
  }

  @Override
  public void finish() throws IOException {
    try (NewFiles files = NewFiles.in(shared.folder())) {
      content.write(tracks, new TrackFiles(files, stem));
      try {
        files.commit();
      } finally {
        written = files.written();
      }
    }
  }

  @Override
  public List<Path> written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      shared.leave();
    }
  }
}
