package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.KeypointSet.Link;
import io.github.rtmjava.pose.KeypointSet.Point;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keypoints that a checkpoint's {@code dataset_meta} describes, in each of the ways that mmpose
 * has: {@code keypoint_id2name}, {@code keypoint_name2id} or {@code keypoint_info}; {@code
 * flip_indices} or {@code flip_pairs}; {@code skeleton_links} or {@code skeleton_info}; numbers in
 * lists or in arrays; keys in any case.
 */
final class DatasetMeta {
  private static final String KEY = "dataset_meta";

  private final Map<String, Data> fields = new LinkedHashMap<>();
  private final int count;

  private DatasetMeta(Data.Dict fields, int count) {
    fields.values().forEach((key, value) -> this.fields.put(key.toLowerCase(Locale.ROOT), value));
    this.count = count;
  }

  /** The dataset's name as the file writes it. */
  static Optional<String> name(Data.Dict meta) {
    return fields(meta)
        .flatMap(
            fields ->
                fields
                    .text("dataset_name")
                    .or(() -> fields.text("DATASET_NAME"))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty() && name.length() <= 80)
                    .filter(name -> name.chars().noneMatch(Character::isISOControl)));
  }

  /**
   * The keypoints.
   *
   * @param count how many the network finds
   * @param usual the set that goes for that number where the file is silent
   * @return empty if the file names and describes none
   * @throws CheckpointException if it describes others than the network finds, or contradicts
   *     itself
   */
  static Optional<KeypointSet> keypoints(Data.Dict meta, int count, String usual)
      throws CheckpointException {
    Optional<Data.Dict> fields = fields(meta);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    try {
      return new DatasetMeta(fields.get(), count).read(name(meta).orElse(null), usual);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("dataset_meta: " + e.getMessage(), e);
    }
  }

  private static Optional<Data.Dict> fields(Data.Dict meta) {
    return meta.at(KEY).filter(Data.Dict.class::isInstance).map(Data.Dict.class::cast);
  }

  private Optional<KeypointSet> read(@Nullable String dataset, String usual) {
    String @Nullable [] names = names();
    int @Nullable [] flips = flips(names);
    List<int[]> links = links(names);
    double @Nullable [] sigmas = numbers("sigmas", count);
    Optional<KeypointSet> known =
        dataset == null ? Optional.empty() : KeypointSet.known(dataset, count);
    if (names == null && flips == null && links == null && sigmas == null) {
      return known;
    }
    KeypointSet base =
        known
            .or(() -> KeypointSet.known(usual, count))
            .filter(set -> names == null || set.names().equals(List.of(names)))
            .filter(set -> names != null || dataset != null)
            .orElseGet(() -> KeypointSet.anonymous("keypoints_" + count, count));
    int[] colours = colours("keypoint_colors", count, "color", "keypoint_info");
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Point plain = base.points().get(i);
      points.add(
          new Point(
              names == null ? plain.name() : names[i],
              flips == null ? plain.flipped() : flips[i],
              sigmas == null ? plain.sigma() : (float) sigmas[i],
              colours == null ? plain.rgb() : colours[i]));
    }
    return Optional.of(
        new KeypointSet(
            dataset == null ? base.name() : dataset,
            points,
            links == null ? base.links() : links(links)));
  }

  private List<Link> links(List<int[]> pairs) {
    int[] colours = colours("skeleton_link_colors", pairs.size(), "color", "skeleton_info");
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      links.add(
          new Link(pairs.get(i)[0], pairs.get(i)[1], colours == null ? Link.PLAIN : colours[i]));
    }
    return links;
  }

  private String @Nullable [] names() {
    Map<Integer, String> byIndex = new LinkedHashMap<>();
    if (dict("keypoint_id2name") != null) {
      dict("keypoint_id2name")
          .values()
          .forEach((id, name) -> put(byIndex, index(id), text("keypoint_id2name", name)));
    } else if (dict("keypoint_name2id") != null) {
      dict("keypoint_name2id")
          .values()
          .forEach((name, id) -> put(byIndex, index("keypoint_name2id", id), name));
    } else if (dict("keypoint_info") != null) {
      dict("keypoint_info")
          .values()
          .forEach(
              (id, info) ->
                  put(
                      byIndex,
                      info.at("id")
                          .map(own -> index("keypoint_info", own))
                          .orElseGet(() -> index(id)),
                      info.text("name").orElse("")));
    } else {
      return null;
    }
    if (byIndex.size() != count) {
      throw new IllegalArgumentException(
          "expected the names of the %s keypoints that the network finds, found %s%s; save the checkpoint with the metadata of its own dataset"
              .formatted(
                  count,
                  byIndex.size(),
                  byIndex.isEmpty()
                      ? ""
                      : " (%s, …)".formatted(byIndex.values().iterator().next())));
    }
    String[] names = new String[count];
    Set<String> seen = new HashSet<>();
    byIndex.forEach(
        (index, name) -> {
          if (index < 0 || index >= count || name.isBlank() || !seen.add(name)) {
            throw new IllegalArgumentException(
                "expected a name of its own for each of the keypoints 0 to %s, found '%s' for keypoint %s"
                    .formatted(count - 1, name, index));
          }
          names[index] = name;
        });
    return names;
  }

  private static void put(Map<Integer, String> names, int index, String name) {
    if (names.put(index, name) != null) {
      throw new IllegalArgumentException(
          "expected one name for each keypoint, found two for keypoint " + index);
    }
  }

  private int @Nullable [] flips(String @Nullable [] names) {
    double @Nullable [] indices = numbers("flip_indices", count);
    if (indices != null) {
      return Arrays.stream(indices).mapToInt(value -> whole("flip_indices", value)).toArray();
    }
    List<int[]> pairs = pairs("flip_pairs", names);
    if (pairs == null) {
      pairs = swaps(names);
    }
    if (pairs == null) {
      return null;
    }
    int[] flips = new int[count];
    Arrays.setAll(flips, i -> i);
    for (int[] pair : pairs) {
      for (int side = 0; side < 2; side++) {
        int here = pair[side];
        int there = pair[1 - side];
        boolean other = flips[here] != here && flips[here] != there;
        if (other) {
          throw new IllegalArgumentException(
              "expected each keypoint in one of the flip_pairs, found %s with %s and with %s"
                  .formatted(here, flips[here], there));
        }
        flips[here] = there;
      }
    }
    return flips;
  }

  /** {@code swap} of {@code keypoint_info}: the name of the other one, or nothing. */
  private @Nullable List<int[]> swaps(String @Nullable [] names) {
    Data.Dict info = dict("keypoint_info");
    if (info == null || names == null) {
      return null;
    }
    List<int[]> pairs = new ArrayList<>();
    for (Data point : info.values().values()) {
      String swap = point.text("swap").orElse("");
      if (!swap.isEmpty()) {
        int here = named(names, point.text("name").orElse(""), "keypoint_info");
        pairs.add(new int[] {here, named(names, swap, "keypoint_info")});
      }
    }
    return pairs;
  }

  private @Nullable List<int[]> links(String @Nullable [] names) {
    List<int[]> links = pairs("skeleton_links", names);
    Data.Dict info = dict("skeleton_info");
    if (links != null || info == null) {
      return links;
    }
    List<int[]> all = new ArrayList<>();
    for (Data link : info.values().values()) {
      all.add(pair("skeleton_info", link.at("link").orElse(link), names));
    }
    return all;
  }

  private @Nullable List<int[]> pairs(String field, String @Nullable [] names) {
    List<Data> items = items(fields.get(field));
    if (items == null) {
      return null;
    }
    List<int[]> pairs = new ArrayList<>();
    for (Data item : items) {
      pairs.add(pair(field, item, names));
    }
    return pairs;
  }

  private int[] pair(String field, Data item, String @Nullable [] names) {
    List<Data> ends = items(item);
    if (ends == null || ends.size() != 2) {
      throw new IllegalArgumentException(
          "expected pairs of keypoints in %s, found %s".formatted(field, brief(item)));
    }
    int[] pair = new int[2];
    for (int i = 0; i < 2; i++) {
      Data end = ends.get(i);
      pair[i] =
          end instanceof Data.Text text && names != null
              ? named(names, text.value(), field)
              : index(field, end);
      if (pair[i] < 0 || pair[i] >= count) {
        throw new IllegalArgumentException(
            "expected pairs of the keypoints 0 to %s in %s, found (%s, %s)"
                .formatted(count - 1, field, brief(ends.get(0)), brief(ends.get(1))));
      }
    }
    return pair;
  }

  private static int named(String[] names, String name, String field) {
    int index = List.of(names).indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "expected names of its keypoints in %s, found '%s'".formatted(field, name));
    }
    return index;
  }

  /** RGB of each, from rows of numbers, or from the field of that name of each entry. */
  private int @Nullable [] colours(String field, int size, String own, String entries) {
    List<Data> rows = items(fields.get(field));
    Data.Dict info = dict(entries);
    if (rows == null && info != null) {
      rows = new ArrayList<>();
      for (Data entry : info.values().values()) {
        rows.add(entry.at(own).orElse(new Data.None()));
      }
    }
    if (rows == null || rows.size() != size) {
      return null; // colours are no reason to refuse a network
    }
    int[] colours = new int[size];
    for (int i = 0; i < size; i++) {
      List<Data> rgb = items(rows.get(i));
      colours[i] = Link.PLAIN;
      if (rgb != null && rgb.size() == 3) {
        int value = 0;
        for (Data part : rgb) {
          double level = part.number().orElse(0.0);
          value = value << 8 | (int) Math.max(0, Math.min(255, Math.round(level)));
        }
        colours[i] = value;
      }
    }
    return colours;
  }

  private double @Nullable [] numbers(String field, int expected) {
    List<Data> items = items(fields.get(field));
    if (items == null || items.isEmpty()) {
      return null;
    }
    if (items.size() != expected) {
      throw new IllegalArgumentException(
          "expected %s numbers in %s, one for each keypoint that the network finds, found %s"
              .formatted(expected, field, items.size()));
    }
    double[] numbers = new double[expected];
    for (int i = 0; i < expected; i++) {
      Data item = items.get(i);
      numbers[i] = item.number().orElse(Double.NaN);
      if (!(numbers[i] >= 0) || Double.isInfinite(numbers[i])) {
        throw new IllegalArgumentException(
            "expected numbers from 0 on in %s, found %s for keypoint %s"
                .formatted(field, brief(item), i));
      }
    }
    return numbers;
  }

  private Data.@Nullable Dict dict(String field) {
    return fields.get(field) instanceof Data.Dict dict && !dict.values().isEmpty() ? dict : null;
  }

  /** The elements of a list, or of an array along its first axis; null for anything else. */
  private static @Nullable List<Data> items(@Nullable Data data) {
    if (data instanceof Data.Items items) {
      return items.values();
    }
    if (!(data instanceof Data.Array array) || array.value().shape().rank() < 1) {
      return null;
    }
    Tensor tensor = array.value();
    float[] values = tensor.toFloats();
    int rows = tensor.shape().dim(0);
    int columns = rows == 0 ? 0 : values.length / rows;
    List<Data> out = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Data> cells = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        cells.add(new Data.Real(values[row * columns + column]));
      }
      out.add(tensor.shape().rank() == 1 ? cells.get(0) : new Data.Items(cells));
    }
    return Collections.unmodifiableList(out);
  }

  private static int index(String digits) {
    if (!digits.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          "expected indices of keypoints, found '%s'".formatted(digits));
    }
    return Integer.parseInt(digits);
  }

  private static int index(String field, Data data) {
    return whole(
        field,
        data.number()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected indices of keypoints in %s, found %s"
                            .formatted(field, brief(data)))));
  }

  private static int whole(String field, double value) {
    if (value != Math.rint(value) || Math.abs(value) > 1e6) {
      throw new IllegalArgumentException(
          "expected whole numbers in %s, found %s".formatted(field, value));
    }
    return (int) value;
  }

  private static String text(String field, Data data) {
    if (data instanceof Data.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException(
        "expected names in %s, found %s".formatted(field, brief(data)));
  }

  private static String brief(Data data) {
    if (data instanceof Data.Text text) {
      return "'"
          + (text.value().length() > 40 ? text.value().substring(0, 40) : text.value())
          + "'";
    }
    return data instanceof Data.Int number
        ? Long.toString(number.value())
        : data instanceof Data.Real real ? Double.toString(real.value()) : "something else";
  }
}
