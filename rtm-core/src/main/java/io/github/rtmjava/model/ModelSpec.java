package io.github.rtmjava.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 */
public record ModelSpec(
    String architecture,
    Task task,
    InputSpec input,
    Codec codec,
    List<String> labels,
    Map<String, Integer> hyperParameters) {

  public ModelSpec {
    labels = List.copyOf(labels);
    hyperParameters = Collections.unmodifiableMap(new TreeMap<>(hyperParameters));
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
    return new ModelSpec(architecture, task, other, codec, labels, hyperParameters);
  }

  /** The same model with its outputs read in another way. */
  public ModelSpec withCodec(Codec other) {
    return new ModelSpec(architecture, task, input, other, labels, hyperParameters);
  }
}
