package io.github.rtmjava.server.camera;

import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.recording.LiveRecording;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is being recorded of a camera. May be used by several threads at once. */
final class CameraRecordings {
  private final List<LiveRecording> open = new CopyOnWriteArrayList<>();

  void add(LiveRecording recording) {
    open.add(recording);
  }

  /** Keeps a frame in each, and ends those that can take no more. */
  void keep(PoseFrame poses, Recording about) {
    for (LiveRecording recording : open) {
      try {
        recording.add(poses, () -> about).ifPresent(why -> end(recording, why));
      } catch (IOException e) {
        end(recording, "it cannot be written here any more");
      }
    }
  }

  private void end(LiveRecording recording, String why) {
    recording.end(why);
    open.remove(recording);
  }

  void endAll(String why) {
    open.forEach(recording -> end(recording, why));
  }
}
