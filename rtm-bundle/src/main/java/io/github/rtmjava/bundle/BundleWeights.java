package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The weights of a bundle, each read when asked for. Aliases follow after the names stored. */
public final class BundleWeights implements Weights {
  private final WeightsFile file;
  private final Map<String, Safetensors.Place> places;
  private final Map<String, String> aliases;
  private final Set<String> keys;

  /**
   * @throws CheckpointException if an alias names no tensor, or a name is stored as well
   */
  BundleWeights(
      WeightsFile file, Map<String, Safetensors.Place> places, Map<String, String> aliases)
      throws CheckpointException {
    this.file = file;
    this.places = places;
    this.aliases = aliases;
    for (Map.Entry<String, String> alias : aliases.entrySet()) {
      if (!places.containsKey(alias.getValue()) || places.containsKey(alias.getKey())) {
        throw new CheckpointException(
            "the alias %s of %s does not fit the weights; convert the model again"
                .formatted(alias.getKey(), alias.getValue()));
      }
    }
    Set<String> all = new LinkedHashSet<>(places.keySet());
    all.addAll(aliases.keySet());
    this.keys = Collections.unmodifiableSet(all);
  }

  @Override
  public Set<String> keys() {
    return keys;
  }

  @Override
  public Tensor get(String key) throws IOException {
    return file.read(place(key));
  }

  /** Where a tensor lies, without reading it. */
  public Safetensors.Place place(String key) {
    Safetensors.Place place = places.get(aliases.getOrDefault(key, key));
    if (place == null) {
      throw new IllegalArgumentException("there is no weight named " + key);
    }
    return place;
  }

  /** The name under which a tensor is stored. */
  public String stored(String key) {
    return aliases.getOrDefault(key, key);
  }

  /** SHA-256 of the weights file as it is now. */
  public String sha256() throws IOException {
    return file.sha256();
  }
}
