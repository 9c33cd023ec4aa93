package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "homes are found in another way there")
class NativeSettingsTest {
  private static final String NONE = "none";

  @TempDir Path dir;

  /** A process that settles its folders and says which they are. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      NativeSettings.apply();
      System.out.println(System.getProperty("org.bytedeco.javacpp.cachedir", NONE));
      System.out.println(System.getProperty("jna.tmpdir", NONE));
    }
  }

  @Test
  void theUsualPlaceIsTheHomeFolder() throws Exception {
    assertEquals(
        List.of(dir.resolve("home/.javacpp/cache").toString(), NONE),
        settled(Map.of(), "-Duser.home=" + dir.resolve("home")));
  }

  @Test
  void whereThereIsNoHomeTheEnvironmentSaysAnother() throws Exception {
    List<String> cache = List.of(dir + "/c/rtm-java/javacpp", dir + "/c/rtm-java/jna");
    assertEquals(cache, settled(Map.of("XDG_CACHE_HOME", dir + "/c"), "-Duser.home=/dev/null/x"));
    assertEquals(cache, settled(Map.of("XDG_CACHE_HOME", dir + "/c"), "-Duser.home=?"));
    assertEquals(
        List.of(dir + "/mine/javacpp", dir + "/mine/jna"),
        settled(Map.of("RTM_CACHE", dir + "/mine", "XDG_CACHE_HOME", dir + "/c"), "-Duser.home=?"));
    assertEquals(
        List.of(dir + "/h/.cache/rtm-java/javacpp", dir + "/h/.cache/rtm-java/jna"),
        settled(Map.of("HOME", dir + "/h"), "-Duser.home=?", "-Djava.io.tmpdir=/dev/null/y"));
  }

  @Test
  void nothingIsMadeInTheWorkingFolder() throws Exception {
    settled(Map.of("HOME", ""), "-Duser.home=?", "-Djava.io.tmpdir=/dev/null/y");
    assertFalse(Files.exists(dir.resolve("?")));
  }

  @Test
  void whatTheUserSetStays() throws Exception {
    assertEquals(
        List.of("/elsewhere", "/there"),
        settled(
            Map.of(),
            "-Duser.home=?",
            "-Dorg.bytedeco.javacpp.cachedir=/elsewhere",
            "-Djna.tmpdir=/there"));
  }

  @Test
  void librariesThatDoNotLoadSayWhatToDo() {
    NativeLibrary library =
        NativeLibrary.of(
            "Made-up",
            () -> {
              throw new UnsatisfiedLinkError("x.so: failed to map segment from shared object\nat");
            });
    for (int i = 0; i < 2; i++) {
      UnsatisfiedLinkError error = assertThrows(UnsatisfiedLinkError.class, library::require);
      String message = error.getMessage();
      assertTrue(message.startsWith("Made-up does not load: expected a folder"), message);
      assertTrue(message.contains("noexec") && message.contains("RTM_CACHE"), message);
      assertEquals(1, message.lines().count());
    }
    String unwritable =
        NativeSettings.reason(
            new ExceptionInInitializerError(new IOException("Could not create the cache: Set")));
    assertTrue(unwritable.contains("written") && unwritable.contains("RTM_CACHE"), unwritable);
    assertEquals("no such symbol", NativeSettings.reason(new LinkageError("no such symbol")));
  }

  private List<String> settled(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Child.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().keySet().removeAll(List.of("RTM_CACHE", "XDG_CACHE_HOME", "HOME"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed
        .lines()
        .filter(line -> !line.startsWith("Picked up") && !line.startsWith("WARNING"))
        .toList();
  }
}
