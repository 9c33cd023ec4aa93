package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tells which classes a detector finds. */
public final class ClassNames {
  private ClassNames() {}

  /** The classes that a checkpoint's metadata names; empty where it names none. */
  public static List<String> in(Checkpoint checkpoint) {
    Data.Dict meta = checkpoint.meta();
    for (String key : List.of("classes", "CLASSES")) {
      Optional<Data> named = meta.at("dataset_meta", key).or(() -> meta.at(key));
      if (named.isPresent()) {
        return texts(named.get());
      }
    }
    return List.of();
  }

  /**
   * The names of a detector's classes: the checkpoint's own, or COCO's if there are as many, or
   * numbered ones; {@code object} where there is but one.
   *
   * @param count of classes
   */
  public static List<String> of(Checkpoint checkpoint, int count) {
    List<String> named = in(checkpoint);
    if (named.size() == count) {
      return named;
    }
    return count == CocoClasses.NAMES.size()
        ? CocoClasses.NAMES
        : IntStream.range(0, count).mapToObj(i -> count == 1 ? "object" : "class_" + i).toList();
  }

  private static List<String> texts(Data data) {
    if (data instanceof Data.Text text) {
      return List.of(text.value());
    }
    return data instanceof Data.Items items
            && items.values().stream().allMatch(Data.Text.class::isInstance)
        ? items.values().stream().map(name -> ((Data.Text) name).value()).toList()
        : List.of();
  }
}
