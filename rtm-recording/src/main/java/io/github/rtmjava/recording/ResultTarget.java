package io.github.rtmjava.recording;

import io.github.rtmjava.output.format.PoseFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a video, and where it goes.
 *
 * @param folder of the results
 * @param stem what their names begin with
 * @param parts this project's own
 * @param formats others
 * @param media a video file that the page of the viewer shows from where it is; null for none
 */
public record ResultTarget(
    Path folder,
    String stem,
    Set<ResultPart> parts,
    List<PoseFormat> formats,
    @Nullable Path media) {
  public ResultTarget {
    parts = Set.copyOf(parts);
    formats = List.copyOf(formats);
  }

  /** Whether nothing is asked for. */
  public boolean isEmpty() {
    return parts.isEmpty() && formats.isEmpty();
  }

  /** The file of a part. */
  public Path file(ResultPart part) {
    return folder.resolve(stem + part.ending());
  }
}
