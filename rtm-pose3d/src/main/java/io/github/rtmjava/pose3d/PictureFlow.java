package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in, what was found in them out, in the same order: while the caller works on one group
 * of pictures, the next is being looked at and the one after it is being read.
 *
 * <p>Bounded: besides the caller's there are at most two groups ahead and one being read.
 */
final class PictureFlow {
  private final Function<List<Image>, List<PoseResult>> find;

  private PictureFlow(Function<List<Image>, List<PoseResult>> find) {
    this.find = find;
  }

  /**
   * Begins when the first result is asked for.
   *
   * @param find looks at a group
   * @param batchSize most pictures in a group
   * @return everything; closing it stops the work
   */
  static Stream<Inference> of(
      Stream<Picture> pictures, Function<List<Image>, List<PoseResult>> find, int batchSize) {
    PictureFlow flow = new PictureFlow(find);
    return OrderedPipeline.waiting(
        "rtm pictures",
        new Groups<>(pictures.iterator(), batchSize, Read::of, Read::pixels),
        /* ahead= */ 1)
        .then(flow::look, inference -> {})
        .stream();
  }

  private List<Inference> look(List<Read> group) {
    return Retry.oneByOne(
        group, this::lookTogether, (read, problem) -> new Inference.Failed(read.picture, problem));
  }

  private List<Inference> lookTogether(List<Read> group) {
    List<Image> images = group.stream().flatMap(read -> Stream.ofNullable(read.image)).toList();
    Iterator<PoseResult> results =
        (images.isEmpty() ? List.<PoseResult>of() : find.apply(images)).iterator();
    List<Inference> out = new ArrayList<>();
    for (Read read : group) {
      out.add(
          read.image == null
              ? new Inference.Failed(read.picture, Objects.requireNonNull(read.problem))
              : new Inference.Found(read.picture, read.image, results.next()));
    }
    return out;
  }

  /** A picture, and what was read from it or why nothing was. */
  private record Read(Picture picture, @Nullable Image image, @Nullable Throwable problem) {
    static Read of(Picture picture) {
      try {
        return new Read(picture, picture.read(), null);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        return new Read(picture, null, e);
      }
    }

    long pixels() {
      return image == null ? 0 : (long) image.width() * image.height();
    }
  }
}
