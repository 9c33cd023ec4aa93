package io.github.rtmjava.app;

import io.github.rtmjava.model.Task;
import io.github.rtmjava.models.ZooEntry;
import io.github.rtmjava.models.ZooGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Models for one purpose.
 *
 * @param task those of this task; null for any
 * @param groups those of these groups; empty for any
 */
record TaskFilter(@Nullable Task task, List<ZooGroup> groups) {
  static final TaskFilter ALL = new TaskFilter(null, List.of());

  TaskFilter {
    groups = List.copyOf(groups);
  }

  boolean accepts(ZooEntry entry) {
    return (task == null || entry.task() == task)
        && (groups.isEmpty() || groups.contains(entry.group()));
  }

  /** Reads a group, {@code body} for three of them, or a task. */
  static final class Converter implements ITypeConverter<TaskFilter> {
    @Override
    public TaskFilter convert(String value) {
      String word = value.toLowerCase(Locale.ROOT).replace('-', '_');
      return switch (word) {
        case "pose_2d" -> new TaskFilter(Task.POSE_2D, List.of());
        case "pose_3d" -> new TaskFilter(Task.POSE_3D, List.of());
        case "body" ->
            new TaskFilter(null, List.of(ZooGroup.BODY17, ZooGroup.BODY14, ZooGroup.BODY26));
        default ->
            Arrays.stream(ZooGroup.values())
                .filter(group -> group.word().equals(word))
                .findFirst()
                .map(group -> new TaskFilter(null, List.of(group)))
                .orElseThrow(
                    () ->
                        new TypeConversionException(
                            "expected %s, body, pose_2d or pose_3d, found '%s'"
                                .formatted(words(), value)));
      };
    }

    private static String words() {
      return Arrays.stream(ZooGroup.values()).map(ZooGroup::word).collect(Collectors.joining(", "));
    }
  }
}
