package io.github.rtmjava.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServicesTest {
  /** What is looked for. */
  public interface Greeting {
    String text();
  }

  /** Named on the test's class path. */
  public static final class Hello implements Greeting {
    @Override
    public String text() {
      return "hello";
    }
  }

  /** Named by a class loader of a program only. */
  public static final class Plugin implements Greeting {
    @Override
    public String text() {
      return "plugin";
    }
  }

  @TempDir Path folder;

  private static List<String> found(ClassLoader context) throws Exception {
    Callable<List<String>> look =
        () -> Services.all(Greeting.class).stream().map(Greeting::text).toList();
    FutureTask<List<String>> task = new FutureTask<>(look);
    Thread thread = new Thread(task);
    thread.setContextClassLoader(context);
    thread.start();
    return task.get(20, TimeUnit.SECONDS);
  }

  /** A class loader on whose class path the plugin is named. */
  private URLClassLoader naming(ClassLoader parent) throws IOException {
    Path file = folder.resolve("META-INF/services").resolve(Greeting.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, Plugin.class.getName() + "\n" + Hello.class.getName());
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
  }

  @Test
  void areFoundOnThreadsWithoutAContextClassLoader() throws Exception {
    assertEquals(List.of("hello"), found(null));
  }

  @Test
  void areFoundOnThreadsOfAForeignContextClassLoader() throws Exception {
    try (URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
      assertEquals(List.of("hello"), found(foreign));
    }
  }

  @Test
  void areFoundOnceWhereTheContextClassLoaderAddsSome() throws Exception {
    try (URLClassLoader program = naming(ServicesTest.class.getClassLoader())) {
      assertEquals(List.of("hello", "plugin"), found(program));
    }
  }

  @Test
  void areNotThoseOfALoaderWithAnotherCopyOfTheInterface() throws Exception {
    URL classes = Greeting.class.getProtectionDomain().getCodeSource().getLocation();
    naming(null).close();
    try (URLClassLoader copies =
        new URLClassLoader(new URL[] {folder.toUri().toURL(), classes}, null)) {
      assertEquals(List.of("hello"), found(copies));
    }
  }
}
