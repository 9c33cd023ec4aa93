package io.github.rtmjava.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.KeypointSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ModelSpec} as a JSON object. */
record SpecJson(
    String architecture,
    String task,
    Input input,
    Codec codec,
    List<String> labels,
    Map<String, Integer> hyperParameters,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
        @Nullable KeypointSetJson keypoints) {

  /** The field that tells codecs apart, and what may be in it. */
  static final String TYPE = "type";

  static final String CODECS = "'boxes', 'simcc', 'handVolumes' or 'dcc'";

  /** An {@link InputSpec}. */
  record Input(int width, int height, String channelOrder, List<Float> mean, List<Float> std) {}

  static SpecJson of(ModelSpec spec) {
    InputSpec input = spec.input();
    KeypointSet keypoints = spec.keypoints();
    return new SpecJson(
        spec.architecture(),
        spec.task().name(),
        new Input(
            input.width(),
            input.height(),
            input.order().name(),
            list(input.mean()),
            list(input.std())),
        spec.codec(),
        spec.labels(),
        spec.hyperParameters(),
        keypoints == null ? null : KeypointSetJson.of(keypoints));
  }

  /**
   * @param file in which it was, for messages
   * @throws CheckpointException if it contradicts itself
   */
  ModelSpec toSpec(String file) throws CheckpointException {
    try {
      return new ModelSpec(
          architecture,
          constant(Task.values(), task, "task", file),
          new InputSpec(
              input.width,
              input.height,
              constant(
                  InputSpec.ChannelOrder.values(), input.channelOrder, "input.channelOrder", file),
              array(input.mean),
              array(input.std)),
          codec,
          labels,
          hyperParameters,
          keypoints == null ? null : keypoints.toSet(file));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("expected a sound specification: " + e.getMessage(), e);
    }
  }

  private static <E extends Enum<E>> E constant(E[] all, String name, String field, String file)
      throws CheckpointException {
    for (E one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new CheckpointException(
        "expected one of %s in '%s' of %s, found '%s'; use a newer version of rtm-java"
            .formatted(Arrays.toString(all), field, file, name));
  }

  private static List<Float> list(float[] values) {
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = values[i];
    }
    return List.of(boxed);
  }

  private static float[] array(List<Float> values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i);
    }
    return out;
  }

  /** How {@link Codec}s, records of numbers, are told apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = TYPE)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Codec.Boxes.class, name = "boxes"),
    @JsonSubTypes.Type(value = Codec.CentreBoxes.class, name = "centreBoxes"),
    @JsonSubTypes.Type(value = Codec.Dcc.class, name = "dcc"),
    @JsonSubTypes.Type(value = Codec.Simcc.class, name = "simcc"),
    @JsonSubTypes.Type(value = Codec.HandVolumes.class, name = "handVolumes")
  })
  private interface CodecJson {}

  /** Visibility of its own is what few models have. */
  private interface SimccJson {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonSetter(nulls = Nulls.SET)
    Codec.@Nullable Visibility visibility();
  }

  static SimpleModule module() {
    return new SimpleModule("specifications")
        .setMixInAnnotation(Codec.class, CodecJson.class)
        .setMixInAnnotation(Codec.Simcc.class, SimccJson.class)
        .addSerializer(
            new StdDelegatingSerializer(
                ModelSpec.class,
                new StdConverter<ModelSpec, SpecJson>() {
                  @Override
                  public SpecJson convert(ModelSpec spec) {
                    return of(spec);
                  }
                }));
  }
}
