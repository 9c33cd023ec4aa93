package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.files.OpenFiles;
import io.github.rtmjava.models.EmbeddedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that may open few files, or have little memory. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledOnOs(OS.WINDOWS)
class LimitsTest {
  private static final String BUNDLE = "rtmdet-nano_synth-320.rtm";

  @TempDir Path dir;

  @BeforeEach
  void makeInputs() throws IOException {
    Pictures.write(dir.resolve("in/one.png"), Pictures.BRIGHT);
    Pictures.write(dir.resolve("in/two.png"), Pictures.BRIGHT);
    Avi.write(dir.resolve("clip.avi"), 10, new int[4]);
    try (InputStream in = EmbeddedModels.class.getResourceAsStream(BUNDLE)) {
      Files.copy(in, dir.resolve(BUNDLE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"infer in/one.png -o out", "infer in -o out", "infer clip.avi -o out"})
  void fewFiles(String line) throws IOException, InterruptedException {
    for (int most : new int[] {30, 64}) {
      assertRefused("ulimit -n", ended("ulimit -n " + most, line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"export " + BUNDLE + " -o out.pth", "inspect " + BUNDLE})
  void fewFilesForAModel(String line) throws IOException, InterruptedException {
    assertRefused("ulimit -n", ended("ulimit -n 40", line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"export " + BUNDLE + " -o out.pth", "inspect " + BUNDLE})
  void fewFilesForTheConverter(String line) throws IOException, InterruptedException {
    for (int most : new int[] {30, 40}) {
      Ended ended = ended(RtmConverter.class, "ulimit -n " + most, line);
      assertRefused("rtm-converter: ", OpenFiles.advice(), ended);
    }
  }

  /** In blocks of 512 bytes: fewer than the lines of the frames need. */
  @Test
  void smallFiles() throws IOException, InterruptedException {
    Avi.write(dir.resolve("long.avi"), 10, IntStream.generate(() -> 200).limit(40).toArray());
    String line =
        "infer long.avi -o out --save json --model fake-pose --detector fake-detector"
            + " --engine fake";
    Path lines = dir.resolve("out/long.jsonl");
    Ended whole = ended("true", line);
    assertEquals(0, whole.code(), whole.printed().toString());
    assertEquals(41, Files.readAllLines(lines).size());
    assertRefused("", ended("ulimit -f 256", line));
    assertFalse(Files.exists(lines), "a part of the frames");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infer in/one.png -o out", "infer in -o out", "infer clip.avi -o out"})
  void littleMemory(String line) throws IOException, InterruptedException {
    assertRefused("RTM_JAVA_OPTS=-Xmx", ended("true", line, "-Xmx16m"));
  }

  private record Ended(int code, List<String> printed) {}

  private Ended ended(String before, String line, String... options)
      throws IOException, InterruptedException {
    return ended(Rtm.class, before, line, options);
  }

  private Ended ended(Class<?> program, String before, String line, String... options)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                before + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC"));
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", absoluteClassPath(), program.getName()));
    words.addAll(List.of(line.split(" ", -1)));
    Path printed = dir.resolve("printed.txt");
    Process process =
        new ProcessBuilder(words)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), line);
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readAllLines(printed));
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(":", -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((a, b) -> a + ":" + b)
        .orElseThrow();
  }

  /** In one line, and nothing is left. */
  private void assertRefused(String advice, Ended ended) throws IOException {
    assertRefused("rtm: ", advice, ended);
  }

  private void assertRefused(String program, String advice, Ended ended) throws IOException {
    String all = String.join("\n", ended.printed());
    assertEquals(1, ended.code(), all);
    List<String> problems = ended.printed().stream().filter(l -> l.startsWith(program)).toList();
    assertEquals(1, problems.size(), all);
    assertTrue(problems.get(0).contains(advice), all);
    assertFalse(all.contains("\tat "), all);
    assertFalse(all.contains("Exception"), all);
    try (Stream<Path> files = Files.walk(dir)) {
      assertEquals(
          List.of(),
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.startsWith(".rtm-") || name.equals("out.pth"))
              .toList());
    }
  }
}
