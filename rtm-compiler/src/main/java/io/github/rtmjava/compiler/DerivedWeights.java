package io.github.rtmjava.compiler;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's weights and those that simplification makes of them, each when it is asked for.
 */
final class DerivedWeights implements Weights {
  /** How one weight is made. */
  interface Recipe {
    Tensor make() throws IOException;
  }

  private final Weights source;
  private final Map<String, Recipe> recipes = new LinkedHashMap<>();

  DerivedWeights(Weights source) {
    this.source = source;
  }

  /** Adds a weight; the same key is always made the same way. */
  void add(String key, Recipe recipe) {
    recipes.putIfAbsent(key, recipe);
  }

  @Override
  public Set<String> keys() {
    Set<String> all = new LinkedHashSet<>(source.keys());
    all.addAll(recipes.keySet());
    return all;
  }

  @Override
  public Tensor get(String key) throws IOException {
    Recipe recipe = recipes.get(key);
    return recipe == null ? source.get(key) : recipe.make();
  }
}
