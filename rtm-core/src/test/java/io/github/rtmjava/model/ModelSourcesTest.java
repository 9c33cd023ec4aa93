package io.github.rtmjava.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models those who know more of files are asked about. */
class ModelSourcesTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> notices = new ArrayList<>();

  private static Model model(String name) {
    return new Model(
        name,
        new ModelSpec(
            "none",
            Task.DETECTION,
            InputSpec.bgr(32, 32),
            new Codec.Boxes(0, 1, 0, 1, 0),
            List.of(),
            Map.of()),
        new MapWeights(Map.of()),
        new Provenance(name, name, "test", "unknown"));
  }

  /** Has models whose references start with its own word, and remarks on each. */
  private static class Source implements ModelSource {
    private final String word;

    Source(String word) {
      this.word = word;
    }

    @Override
    public String understands() {
      return word;
    }

    @Override
    public int order() {
      return 1;
    }

    @Override
    public Optional<Model> open(String reference, ModelListener listener) {
      if (!reference.startsWith(word)) {
        return Optional.empty();
      }
      listener.notice("guessed");
      return Optional.of(model(reference));
    }
  }

  /** Files of others. */
  public static final class Foreign extends Source {
    public Foreign() {
      super("foreign");
    }

    @Override
    public boolean readsForeignFiles() {
      return true;
    }
  }

  /** Files of our own. */
  public static final class Own extends Source {
    public Own() {
      super("own");
    }
  }

  /** Knows whatever ends in {@code known}. */
  public static final class Naming implements ModelNaming {
    @Override
    public Optional<Model> named(String reference, Model model, ModelListener listener) {
      listener.notice("looked at");
      return reference.endsWith("known") ? Optional.of(model("official")) : Optional.empty();
    }
  }

  private void service(Class<?> service, Class<?>... implementations) throws IOException {
    Path file = folder.resolve("META-INF/services").resolve(service.getName());
    Files.createDirectories(file.getParent());
    List<String> names = new ArrayList<>();
    for (Class<?> implementation : implementations) {
      names.add(implementation.getName());
    }
    Files.write(file, names);
  }

  private String open(String reference) throws IOException {
    service(ModelSource.class, Own.class, Foreign.class);
    service(ModelNaming.class, Naming.class);
    ModelListener listener =
        new ModelListener() {
          @Override
          public void notice(String line) {
            notices.add(line);
          }
        };
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] services = {folder.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(services, ModelSourcesTest.class.getClassLoader())) {
      thread.setContextClassLoader(loader);
      return ModelSources.open(reference, listener).name();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aKnownFileIsNamedAndItsGuessesDoNotMatter() throws IOException {
    assertEquals("official", open("foreign, known"));
    assertEquals(List.of("looked at"), notices);
  }

  @Test
  void anUnknownFileIsWhatItSays() throws IOException {
    assertEquals("foreign, new", open("foreign, new"));
    assertEquals(List.of("looked at", "guessed"), notices);
  }

  @Test
  void filesOfOurOwnHaveTheirNames() throws IOException {
    assertEquals("own, known", open("own, known"));
    assertEquals(List.of("guessed"), notices);
  }
}
