package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which keypoint set a file holds. */
final class KeypointSets {
  /** More than any data set has. */
  static final int MOST = 1000;

  /** The set of COCO's body, with which larger ones begin. */
  static final String BODY = "coco";

  private static final Map<String, Integer> SIZES =
      Map.of(
          "crowdpose",
          14,
          BODY,
          KeypointRange.COCO_BODY,
          "coco_wholebody_hand",
          21,
          "halpe26",
          26,
          "interhand3d",
          42,
          "lapa",
          106,
          "coco_wholebody",
          KeypointRange.WHOLE_BODY);

  /** What keypoints are called whose names nobody tells. */
  private static final String UNNAMED = "keypoints";

  /** Sets of which more than this share of names are others' are other sets. */
  private static final double STRANGERS = 0.25;

  /** For the suppression of double people where nobody knows the sigmas. */
  private static final double ANY_SIGMA = 0.05;

  private KeypointSets() {}

  /**
   * Those of a file's keypoints that are judged: all of them, or COCO's body where it is asked for
   * and the file has more, which begin with it.
   */
  static NamedKeypoints judged(KeypointChoice choice, NamedKeypoints found) {
    return BODY.equals(choice.name()) && beginsWithBody(found.size(), found.names())
        ? found.first(KeypointRange.COCO_BODY)
        : found;
  }

  /**
   * Whether keypoints begin with COCO's body: as their names say, or where there are none, as those
   * of the known sets of that number do.
   */
  static boolean beginsWithBody(int size, List<String> names) {
    int body = KeypointRange.COCO_BODY;
    return names.isEmpty()
        ? size == body || size == size("halpe26") || size == KeypointRange.WHOLE_BODY
        : size >= body && agrees(names.subList(0, body), KeypointSet.of(BODY, body));
  }

  /**
   * The set that is asked for, or that a file's names tell, or the one that is known for the number
   * of keypoints.
   *
   * @throws IOException if the set that is asked for is another, or as many sigmas
   */
  static KeypointSet of(String file, KeypointChoice choice, NamedKeypoints found)
      throws IOException {
    KeypointSet set = named(file, choice, found);
    if (choice.sigmas().isEmpty()) {
      return set;
    }
    if (choice.sigmas().size() != set.size()) {
      throw new IOException(
          "%s: expected a sigma for each of %s keypoints, found %s sigmas"
              .formatted(file, set.size(), choice.sigmas().size()));
    }
    return withSigmas(set, choice.sigmas());
  }

  private static KeypointSet named(String file, KeypointChoice choice, NamedKeypoints found)
      throws IOException {
    String name = choice.name();
    int size = found.size();
    if (name == null) {
      KeypointSet usual =
          size(found.set()) == size ? KeypointSet.of(found.set(), size) : bySize(size);
      return found.names().isEmpty() || agrees(found.names(), usual) ? usual : own(found, null);
    }
    Integer expected = SIZES.get(name);
    if (expected != null && expected != size) {
      throw new IOException(
          "%s: expected the %s keypoints of the set '%s', found %s of everybody"
              .formatted(file, expected, name, size));
    }
    if (expected != null) {
      return KeypointSet.of(name, size);
    }
    if (found.names().isEmpty() && choice.sigmas().isEmpty()) {
      throw new IOException(
          "%s: there is no keypoint set '%s': expected one of %s; for keypoints of your own leave"
                  .formatted(file, name, String.join(", ", new TreeSet<>(SIZES.keySet())))
              + " --keypoints out, and give their --sigmas where AP is wanted");
    }
    return own(found, name);
  }

  /** Of a known set, how many keypoints it has; 0 of others. */
  static int size(@Nullable String name) {
    return name == null ? 0 : SIZES.getOrDefault(name, 0);
  }

  /** The set that is known for the number of keypoints; an anonymous one for other numbers. */
  static KeypointSet bySize(int size) {
    return SIZES.entrySet().stream()
        .filter(known -> known.getValue() == size && size != 42)
        .findFirst()
        .map(known -> KeypointSet.of(known.getKey(), size))
        .orElseGet(() -> own(NamedKeypoints.unnamed(size), null));
  }

  private static KeypointSet own(NamedKeypoints found, @Nullable String name) {
    String called = name != null ? name : found.set().isBlank() ? UNNAMED : found.set().strip();
    return new KeypointSet(
        called,
        IntStream.range(0, found.size())
            .mapToObj(
                k ->
                    new KeypointSet.Point(
                        found.names().isEmpty() ? "keypoint_" + k : found.names().get(k),
                        k,
                        found.sigmas().isEmpty() ? Float.NaN : found.sigmas().get(k).floatValue(),
                        0))
            .toList(),
        List.of());
  }

  /** Whether names, however they are spelt, are mostly those of the set. */
  static boolean agrees(List<String> names, KeypointSet set) {
    if (names.size() != set.size()) {
      return false;
    }
    long others =
        IntStream.range(0, names.size())
            .filter(k -> !plain(names.get(k)).equals(plain(set.points().get(k).name())))
            .count();
    return others <= STRANGERS * names.size();
  }

  /** {@code L-Eye}, {@code left eye} and {@code left_eye} are one name. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .strip()
        .replaceFirst("^l[_ .-]", "left")
        .replaceFirst("^r[_ .-]", "right")
        .replaceFirst("^(.*)[_ .-]l(eft)?$", "left$1")
        .replaceFirst("^(.*)[_ .-]r(ight)?$", "right$1")
        .replaceAll("[^a-z0-9]", "");
  }

  /** Whether everybody knows what the keypoints are, so that names tell. */
  static boolean isNamed(KeypointSet set) {
    return !set.points().get(0).name().equals("keypoint_0");
  }

  /** Whether the sigmas of all keypoints are known. */
  static boolean hasSigmas(KeypointSet set) {
    return set.points().stream().allMatch(point -> point.sigma() > 0);
  }

  static KeypointSet withSigmas(KeypointSet set, List<Double> sigmas) {
    return new KeypointSet(
        set.name(),
        IntStream.range(0, set.size())
            .mapToObj(
                k -> {
                  KeypointSet.Point point = set.points().get(k);
                  return new KeypointSet.Point(
                      point.name(), point.flipped(), sigmas.get(k).floatValue(), point.rgb());
                })
            .toList(),
        set.links());
  }

  /** [K]: the sigmas as written in decimal, not as the nearest float. */
  static double[] sigmas(KeypointSet set) {
    return set.points().stream()
        .mapToDouble(
            point ->
                point.sigma() > 0 ? Double.parseDouble(Float.toString(point.sigma())) : ANY_SIGMA)
        .toArray();
  }
}
