package io.github.rtmjava.model;

import io.github.rtmjava.pose.KeypointSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a model but its weights; enough to build its network and to use the outputs.
 *
 * @param architecture the {@link Architecture#name()} that builds it
 * @param task what it does
 * @param input what it is fed
 * @param codec how its outputs are read
 * @param labels class names of a detector; the keypoint dataset's name, for example {@code
 *     coco_wholebody}, of a pose model
 * @param hyperParameters what {@link Architecture#build} needs, by name: whole numbers, in
 *     alphabetical order; truth values are 0 and 1
 * @param keypoints what its file says of the keypoints that it finds; null where it says nothing
 *     beyond the dataset's name, and for detectors
 */
public record ModelSpec(
    String architecture,
    Task task,
    InputSpec input,
    Codec codec,
    List<String> labels,
    Map<String, Integer> hyperParameters,
    @Nullable KeypointSet keypoints) {

  /** The name of the hyper-parameter that says how many keypoints a pose model finds. */
  public static final String KEYPOINTS = "keypoints";

  public ModelSpec {
    labels = List.copyOf(labels);
    hyperParameters = Collections.unmodifiableMap(new TreeMap<>(hyperParameters));
    Integer count = hyperParameters.get(KEYPOINTS);
    if (keypoints != null && count != null && keypoints.size() != count) {
      throw new IllegalArgumentException(
          "expected %s keypoints, as many as the network finds, found %s in the set '%s'"
              .formatted(count, keypoints.size(), keypoints.name()));
    }
  }

  /** Without keypoints of its own. */
  public ModelSpec(
      String architecture,
      Task task,
      InputSpec input,
      Codec codec,
      List<String> labels,
      Map<String, Integer> hyperParameters) {
    this(architecture, task, input, codec, labels, hyperParameters, null);
  }

  /**
   * The keypoints that a pose model finds: those that its file describes, otherwise those of its
   * dataset.
   *
   * @throws IllegalArgumentException if it is no pose model
   */
  public KeypointSet keypointSet() {
    if (keypoints != null) {
      return keypoints;
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("expected the name of a set of keypoints as the label");
    }
    return KeypointSet.of(labels.get(0), hyper(KEYPOINTS));
  }

  /**
   * One hyper-parameter.
   *
   * @throws IllegalArgumentException if the specification does not hold it
   */
  public int hyper(String name) {
    Integer value = hyperParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the specification of a %s network needs '%s', found only %s"
              .formatted(architecture, name, hyperParameters.keySet()));
    }
    return value;
  }

  /** The same model fed with pictures of another size. */
  public ModelSpec withInput(InputSpec other) {
    return new ModelSpec(architecture, task, other, codec, labels, hyperParameters, keypoints);
  }

  /** The same model with its outputs read in another way. */
  public ModelSpec withCodec(Codec other) {
    return new ModelSpec(architecture, task, input, other, labels, hyperParameters, keypoints);
  }

  /** The same model with other keypoints, as many as before. */
  public ModelSpec withKeypoints(KeypointSet other) {
    return new ModelSpec(
        architecture, task, input, codec, List.of(other.name()), hyperParameters, other);
  }
}
