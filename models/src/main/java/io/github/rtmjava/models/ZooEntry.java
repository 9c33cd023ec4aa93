package io.github.rtmjava.models;

import io.github.rtmjava.model.Task;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An official checkpoint file and what is known of it.
 *
 * @param name what it is called here, for example {@code rtmw3d-l}
 * @param aliases other names
 * @param configs names of upstream's configuration files, without {@code .py}
 * @param architecture the {@link io.github.rtmjava.model.Architecture} that builds it
 * @param task what it does
 * @param keypoints name of the {@link io.github.rtmjava.pose.KeypointSet} that it finds; null for a
 *     detector
 * @param dataset what it was trained on
 * @param input the size of its input
 * @param file the official file's name
 * @param urls where it is published; the first is tried first
 * @param megabytes about how large it is; null if that is not known
 * @param sha256 the SHA-256 as far as it is published, in lower-case hexadecimal; may be empty
 * @param licence SPDX expression
 * @param figures what its makers published of it
 * @param detector name of the detector that it is used with; null for a detector, for a model that
 *     finds people by itself, and for one that is given the whole picture
 * @param threshold the score that boxes which it finds itself must exceed, as upstream uses it;
 *     null for a model that is given boxes
 */
public record ZooEntry(
    String name,
    List<String> aliases,
    List<String> configs,
    String architecture,
    Task task,
    @Nullable String keypoints,
    String dataset,
    Size input,
    String file,
    List<URI> urls,
    @Nullable Integer megabytes,
    String sha256,
    String licence,
    List<Figure> figures,
    @Nullable String detector,
    @Nullable Float threshold) {

  /** A size in pixels; in words the height comes first, as in OpenMMLab's names. */
  public record Size(int width, int height) {
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /**
   * A published figure.
   *
   * @param metric what was measured, for example {@code box AP}
   * @param on the data it was measured on; empty for properties of the network
   * @param value the figure
   * @param unit its unit; may be empty
   * @param source who says so
   */
  public record Figure(String metric, String on, double value, String unit, String source) {
    @Override
    public String toString() {
      return "%s%s %s%s (%s)"
          .formatted(
              metric,
              on.isEmpty() ? "" : " on " + on,
              value,
              unit.isEmpty() ? "" : " " + unit,
              source);
    }
  }

  public ZooEntry {
    aliases = List.copyOf(aliases);
    configs = List.copyOf(configs);
    urls = List.copyOf(urls);
    figures = List.copyOf(figures);
    Checksum checksum = new Checksum(sha256);
    require(name.matches("[a-z0-9][a-z0-9.-]*"), name, "a name in lower case", name);
    require(file.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), name, "a plain file name", file);
    require(!urls.isEmpty(), name, "an address", "none");
    for (URI url : urls) {
      require(url.getScheme() != null && url.getHost() != null, name, "an address", "" + url);
    }
    require(
        checksum.start().isEmpty() || checksum.start().length() >= 7,
        name,
        "at least 7 digits of the SHA-256 or none",
        sha256);
    require(input.width() > 0 && input.height() > 0, name, "an input size", "" + input);
    require(megabytes == null || megabytes > 0, name, "a size above 0", "" + megabytes);
    require(
        task != Task.DETECTION || (threshold != null && detector == null),
        name,
        "a threshold and no detector for a detector",
        threshold + ", " + detector);
    require(
        threshold == null || detector == null,
        name,
        "a threshold of a model that finds boxes, or a detector that finds them for it",
        threshold + ", " + detector);
    require(
        (ZooGroup.of(task, keypoints) == ZooGroup.DETECTION) == (task == Task.DETECTION),
        name,
        "keypoints of a pose model and of nothing else",
        "" + keypoints);
  }

  private static void require(boolean good, String name, String expected, String found) {
    if (!good) {
      throw new IllegalArgumentException(
          "%s: expected %s, found '%s'".formatted(name, expected, found));
    }
  }

  /** Everything it answers to: names, configurations, the official file. */
  Stream<String> references() {
    return Stream.of(
            Stream.of(name, file, ModelCache.withoutEnding(file)),
            aliases.stream(),
            configs.stream(),
            configs.stream().map(config -> config + ".py"))
        .flatMap(s -> s)
        .map(s -> s.toLowerCase(Locale.ROOT));
  }

  /** What it is for; with the others of its group it makes one table. */
  public ZooGroup group() {
    return ZooGroup.of(task, keypoints);
  }

  /** Whether it finds people and their keypoints at once. */
  public boolean oneStage() {
    return task != Task.DETECTION && threshold != null;
  }

  Checksum checksum() {
    return new Checksum(sha256);
  }

  /** Its size for people. */
  String size() {
    return megabytes == null ? "size not published" : "about " + megabytes + " MB";
  }
}
