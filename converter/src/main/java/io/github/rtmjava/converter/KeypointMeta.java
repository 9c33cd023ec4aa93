package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.pose.KeypointSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link KeypointSet} as the {@code dataset_meta} of mmpose's checkpoints. */
final class KeypointMeta {
  private KeypointMeta() {}

  /** As mmpose writes it; without what is not known. */
  static Map<String, Data> of(KeypointSet set) {
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
