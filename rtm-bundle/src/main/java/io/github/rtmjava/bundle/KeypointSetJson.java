package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.KeypointSet.Link;
import io.github.rtmjava.pose.KeypointSet.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link KeypointSet} as JSON, and as the {@code dataset_meta} of mmpose's checkpoints. */
public final class KeypointSetJson {
  private static final int MOST = 10_000;

  private KeypointSetJson() {}

  static void write(KeypointSet set, ObjectNode out) {
    out.put("name", set.name());
    ArrayNode points = out.putArray("points");
    for (Point point : set.points()) {
      ObjectNode one = points.addObject();
      one.put("name", point.name());
      one.put("flipped", point.flipped());
      one.put("sigma", point.sigma());
      one.put("rgb", point.rgb());
    }
    ArrayNode links = out.putArray("links");
    for (Link link : set.links()) {
      links.addArray().add(link.from()).add(link.to()).add(link.rgb());
    }
  }

  static KeypointSet read(JsonNode in) throws CheckpointException {
    List<Point> points = new ArrayList<>();
    for (JsonNode point : JsonFields.array(in, "points")) {
      points.add(
          new Point(
              JsonFields.text(point, "name"),
              JsonFields.integer(point, "flipped"),
              (float) JsonFields.number(point, "sigma"),
              JsonFields.integer(point, "rgb")));
    }
    List<Link> links = new ArrayList<>();
    for (JsonNode link : JsonFields.array(in, "links")) {
      if (!link.isArray() || link.size() != 3) {
        throw new CheckpointException(
            "expected links as [from, to, rgb] in model.json; convert the model again");
      }
      links.add(new Link(link.get(0).asInt(-1), link.get(1).asInt(-1), link.get(2).asInt()));
    }
    if (points.isEmpty() || points.size() > MOST || links.size() > MOST) {
      throw new CheckpointException(
          "expected 1 to %s keypoints and at most as many links in model.json, found %s and %s"
              .formatted(MOST, points.size(), links.size()));
    }
    return new KeypointSet(JsonFields.text(in, "name"), points, links);
  }

  /** As mmpose writes it; without what is not known. */
  public static Map<String, Data> datasetMeta(KeypointSet set) {
    Map<String, Data> names = new LinkedHashMap<>();
    Map<String, Data> ids = new LinkedHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      names.put(Integer.toString(i), new Data.Text(set.points().get(i).name()));
      ids.put(set.points().get(i).name(), new Data.Int(i));
    }
    Map<String, Data> meta = new LinkedHashMap<>();
    meta.put("dataset_name", new Data.Text(set.name()));
    meta.put("num_keypoints", new Data.Int(set.size()));
    meta.put("keypoint_id2name", new Data.Dict(names));
    meta.put("keypoint_name2id", new Data.Dict(ids));
    if (set.knowsMirror()) {
      meta.put(
          "flip_indices",
          items(set.points().stream().map(p -> new Data.Int(p.flipped())).toList()));
      meta.put("flip_pairs", flipPairs(set));
    }
    meta.put("keypoint_colors", items(set.points().stream().map(p -> colour(p.rgb())).toList()));
    meta.put("num_skeleton_links", new Data.Int(set.links().size()));
    meta.put(
        "skeleton_links",
        items(set.links().stream().map(l -> integers(l.from(), l.to())).toList()));
    meta.put(
        "skeleton_link_colors", items(set.links().stream().map(l -> colour(l.rgb())).toList()));
    sigmas(set).ifPresent(sigmas -> meta.put("sigmas", sigmas));
    return meta;
  }

  private static Data flipPairs(KeypointSet set) {
    List<Data> pairs = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      int there = set.points().get(i).flipped();
      if (there != i) {
        pairs.add(integers(i, there));
      }
    }
    return new Data.Items(pairs);
  }

  private static Optional<Data> sigmas(KeypointSet set) {
    return set.knowsSigmas()
        ? Optional.of(
            items(
                set.points().stream()
                    .map(p -> new Data.Real(Double.parseDouble(Float.toString(p.sigma()))))
                    .toList()))
        : Optional.empty();
  }

  private static Data colour(int rgb) {
    return integers(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  private static Data integers(int... values) {
    List<Data> out = new ArrayList<>();
    for (int value : values) {
      out.add(new Data.Int(value));
    }
    return new Data.Items(out);
  }

  private static Data items(List<? extends Data> values) {
    return new Data.Items(List.copyOf(values));
  }
}
