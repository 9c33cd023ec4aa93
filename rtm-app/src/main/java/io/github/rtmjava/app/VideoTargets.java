package io.github.rtmjava.app;

import java.nio.file.Path;

/**
 * Where the results of a video go that are written while its frames come.
 *
 * @param name what messages call the video
 * @param folder of the results
 * @param stem what their names begin with
 */
record VideoTargets(String name, Path folder, String stem) {
  /** One of this program's own results. */
  Path of(Saved part) {
    return folder.resolve(stem + part.videoEnding());
  }
}
