package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.KeypointSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link ModelSpec} as the fields of a JSON object. */
public final class SpecJson {
  private static final String KEYPOINTS = "keypoints";

  private SpecJson() {}

  public static void write(ModelSpec spec, ObjectNode out) {
    out.put("architecture", spec.architecture());
    out.put("task", spec.task().name());
    ObjectNode input = out.putObject("input");
    input.put("width", spec.input().width());
    input.put("height", spec.input().height());
    input.put("channelOrder", spec.input().order().name());
    floats(input.putArray("mean"), spec.input().mean());
    floats(input.putArray("std"), spec.input().std());
    write(spec.codec(), out.putObject("codec"));
    ArrayNode labels = out.putArray("labels");
    spec.labels().forEach(labels::add);
    ObjectNode hyper = out.putObject("hyperParameters");
    spec.hyperParameters().forEach(hyper::put);
    KeypointSet keypoints = spec.keypoints();
    if (keypoints != null) {
      KeypointSetJson.write(keypoints, out.putObject(KEYPOINTS));
    }
  }

  private static void write(Codec codec, ObjectNode out) {
    if (codec instanceof Codec.Boxes boxes) {
      out.put("type", "boxes");
      out.put("scoreThreshold", boxes.scoreThreshold());
      out.put("nmsPre", boxes.nmsPre());
      out.put("nmsIou", boxes.nmsIou());
      out.put("maxPerImage", boxes.maxPerImage());
      out.put("recommendedThreshold", boxes.recommendedThreshold());
    } else if (codec instanceof Codec.Dcc dcc) {
      out.put("type", "dcc");
      out.put("scoreThreshold", dcc.scoreThreshold());
      out.put("nmsPre", dcc.nmsPre());
      out.put("nmsIou", dcc.nmsIou());
      out.put("maxPerImage", dcc.maxPerImage());
      out.put("padding", dcc.padding());
    } else if (codec instanceof Codec.Simcc simcc) {
      out.put("type", "simcc");
      out.put("splitRatio", simcc.splitRatio());
      out.put("depth", simcc.depth());
      out.put("zRange", simcc.zRange());
      out.put("rootZ", simcc.rootZ());
      if (simcc.visibility() != null) {
        ObjectNode visibility = out.putObject("visibility");
        visibility.put("sharpnessX", simcc.visibility().sharpnessX());
        visibility.put("sharpnessY", simcc.visibility().sharpnessY());
      }
    } else if (codec instanceof Codec.HandVolumes hands) {
      out.put("type", "handVolumes");
      out.put("depthBins", hands.depthBins());
      out.put("depthRange", hands.depthRange());
      out.put("rootRange", hands.rootRange());
      out.put("scoreBound", hands.scoreBound());
    }
  }

  private static void floats(ArrayNode out, float[] values) {
    for (float value : values) {
      out.add(value);
    }
  }

  static ModelSpec read(JsonNode in) throws CheckpointException {
    JsonNode input = JsonFields.object(in, "input");
    List<String> labels = new ArrayList<>();
    for (JsonNode label : JsonFields.array(in, "labels")) {
      labels.add(label.asText());
    }
    Map<String, Integer> hyper = new TreeMap<>();
    JsonNode hyperParameters = JsonFields.object(in, "hyperParameters");
    for (Map.Entry<String, JsonNode> field : hyperParameters.properties()) {
      hyper.put(field.getKey(), JsonFields.integer(hyperParameters, field.getKey()));
    }
    try {
      return new ModelSpec(
          JsonFields.text(in, "architecture"),
          Task.valueOf(JsonFields.text(in, "task")),
          new InputSpec(
              JsonFields.integer(input, "width"),
              JsonFields.integer(input, "height"),
              InputSpec.ChannelOrder.valueOf(JsonFields.text(input, "channelOrder")),
              floats(input, "mean"),
              floats(input, "std")),
          codec(JsonFields.object(in, "codec")),
          labels,
          hyper,
          in.has(KEYPOINTS) ? KeypointSetJson.read(JsonFields.object(in, KEYPOINTS)) : null);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("expected a sound specification: " + e.getMessage(), e);
    }
  }

  private static Codec codec(JsonNode in) throws CheckpointException {
    String type = JsonFields.text(in, "type");
    return switch (type) {
      case "boxes" ->
          new Codec.Boxes(
              (float) JsonFields.number(in, "scoreThreshold"),
              JsonFields.integer(in, "nmsPre"),
              (float) JsonFields.number(in, "nmsIou"),
              JsonFields.integer(in, "maxPerImage"),
              (float) JsonFields.number(in, "recommendedThreshold"));
      case "dcc" ->
          new Codec.Dcc(
              (float) JsonFields.number(in, "scoreThreshold"),
              JsonFields.integer(in, "nmsPre"),
              (float) JsonFields.number(in, "nmsIou"),
              JsonFields.integer(in, "maxPerImage"),
              (float) JsonFields.number(in, "padding"));
      case "simcc" ->
          new Codec.Simcc(
              JsonFields.number(in, "splitRatio"),
              JsonFields.integer(in, "depth"),
              JsonFields.number(in, "zRange"),
              JsonFields.number(in, "rootZ"),
              in.has("visibility") ? visibility(JsonFields.object(in, "visibility")) : null);
      case "handVolumes" ->
          new Codec.HandVolumes(
              JsonFields.integer(in, "depthBins"),
              JsonFields.number(in, "depthRange"),
              JsonFields.number(in, "rootRange"),
              JsonFields.number(in, "scoreBound"));
      default ->
          throw new CheckpointException(
              "expected a codec 'boxes', 'simcc', 'handVolumes' or 'dcc', found '%s'; use a newer version"
                      .formatted(type)
                  + " of rtm-java");
    };
  }

  private static Codec.Visibility visibility(JsonNode in) throws CheckpointException {
    return new Codec.Visibility(
        JsonFields.number(in, "sharpnessX"), JsonFields.number(in, "sharpnessY"));
  }

  private static float[] floats(JsonNode in, String field) throws CheckpointException {
    JsonNode array = JsonFields.array(in, field);
    float[] out = new float[array.size()];
    for (int i = 0; i < out.length; i++) {
      if (!array.get(i).isNumber()) {
        throw new CheckpointException("expected numbers in '%s' of model.json".formatted(field));
      }
      out[i] = (float) array.get(i).doubleValue();
    }
    return out;
  }
}
