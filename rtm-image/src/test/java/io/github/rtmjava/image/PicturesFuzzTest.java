package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated pictures under a heap of 64 MB, in a process of their own, which natives may kill. {@code
 * -Dfuzz.count}, {@code -Dfuzz.seed} and {@code -Dfuzz.first} choose which; {@code
 * -Dfuzz.replay=PATH} decodes one file again.
 */
class PicturesFuzzTest {
  /** Megabytes of the whole process: OpenCV's libraries, the heap, and pictures that fit it. */
  private static final long MAX_RESIDENT = 600;

  @TempDir private Path folder = Path.of("");

  @Test
  void mutatedPicturesAreReadOrRefused() throws Exception {
    String replay = System.getProperty("fuzz.replay");
    String seed = System.getProperty("fuzz.seed", "20260101");
    Path progress = folder.resolve("progress");
    List<String> arguments =
        replay != null
            ? List.of(Path.of(replay).toAbsolutePath().toString())
            : List.of(
                progress.toString(),
                seed,
                System.getProperty("fuzz.first", "0"),
                System.getProperty("fuzz.count", "20000"));
    Path output = folder.resolve("output.txt");
    int exit = child(Files.createDirectory(folder.resolve("work")), output, arguments);
    String said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.print(said);
    assertEquals(0, exit, () -> said + keep(progress, Long.parseLong(seed)));
    Matcher resident = Pattern.compile("peak RSS (\\d+) MB").matcher(said);
    assertTrue(
        replay != null || (resident.find() && Long.parseLong(resident.group(1)) < MAX_RESIDENT),
        said);
  }

  private static int child(Path work, Path output, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:ErrorFile=" + output + ".crash", "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.nopointergc=true", "-Djava.awt.headless=true"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(PictureFuzzChild.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(work.toFile())
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD) // decoders complain of what they are given
        .start()
        .waitFor();
  }

  /** Saves the picture that was at hand, and says how to decode it again. */
  private static String keep(Path progress, long seed) {
    try {
      long number = ByteBuffer.wrap(Files.readAllBytes(progress)).getLong();
      Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve("case-" + number);
      Files.write(kept, new PictureCases(seed).make(number));
      return "seed %d case %d; ./mvnw -pl rtm-image test -Dtest=PicturesFuzzTest -Dfuzz.replay=%s"
          .formatted(seed, number, kept.toAbsolutePath());
    } catch (IOException e) {
      return "what was decoded could not be kept: " + e;
    }
  }
}
