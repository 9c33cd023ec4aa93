package io.github.rtmjava.models;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The small models that are part of this library: {@code default} (3D whole-body poses) and {@code
 * default-detector} (people), also by their own names. Their cards say what they were trained on
 * and how good they are.
 */
public final class EmbeddedModels implements ModelSource {
  private static final String INDEX = "embedded.properties";

  /** The score that the detector's card recommends. */
  private static final float THRESHOLD = 0.35f;

  @Override
  public String understands() {
    return "the name of an embedded model (%s)".formatted(String.join(", ", all()));
  }

  @Override
  public int order() {
    return 5;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) throws IOException {
    String file = index().getProperty(reference);
    if (file == null) {
      return Optional.empty();
    }
    try (InputStream in = resource(file + ".rtm")) {
      return Optional.of(Bundles.read(in));
    }
  }

  @Override
  public Optional<Recipe> recipe(String name) {
    Properties index = index();
    String file = index.getProperty(name);
    return file == null || !file.equals(index.getProperty("default"))
        ? Optional.empty()
        : Optional.of(new Recipe(name, name, "default-detector", THRESHOLD, null));
  }

  @Override
  public Collection<String> names() {
    return all();
  }

  /** Every name that is understood, in alphabetical order. */
  public static SortedSet<String> all() {
    return new TreeSet<>(index().stringPropertyNames());
  }

  /**
   * The card of a model: Markdown.
   *
   * @throws IllegalArgumentException if there is no embedded model of that name
   */
  public static String card(String name) throws IOException {
    String file = index().getProperty(name);
    if (file == null) {
      throw new IllegalArgumentException("expected one of %s, found '%s'".formatted(all(), name));
    }
    try (InputStream in = resource(file + ".md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Properties index() {
    Properties index = new Properties();
    try (InputStream in = resource(INDEX)) {
      index.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return index;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = EmbeddedModels.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the library was built without its embedded " + name);
    }
    return in;
  }
}
