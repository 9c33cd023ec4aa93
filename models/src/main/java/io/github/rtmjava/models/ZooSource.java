package io.github.rtmjava.models;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
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
    return open(reference, listener, Redirects.PUBLIC);
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener, Redirects redirects)
      throws IOException {
    Zoo zoo = Zoo.open().withRedirects(redirects);
    return zoo.knows(reference) ? Optional.of(zoo.model(reference, listener)) : Optional.empty();
  }

  @Override
  public Collection<String> names() {
    return Zoo.open().names();
  }

  @Override
  public void requireReachable(List<String> references) throws IOException {
    Zoo zoo = Zoo.open();
    zoo.requireReachable(references.stream().filter(zoo::knows).toList(), null);
  }

  @Override
  public Optional<Recipe> recipe(String name) {
    return Zoo.open().recipe(name);
  }
}
