package io.github.rtmjava.models;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.Recipe;
import java.io.IOException;
import java.util.Optional;

/** Official models by any of their names, and models at addresses of the web. */
public final class ZooSource implements ModelSource {

  @Override
  public String understands() {
    return "a name of the zoo ('rtm models list' shows them), an address (https://…)";
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) throws IOException {
    Zoo zoo = Zoo.open();
    return zoo.knows(reference) ? Optional.of(zoo.model(reference, listener)) : Optional.empty();
  }

  @Override
  public Optional<Recipe> recipe(String name) {
    return Zoo.open().recipe(name);
  }
}
