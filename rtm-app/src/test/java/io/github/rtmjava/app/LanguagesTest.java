package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models are recognised and every file is written alike, whatever the user's language. */
class LanguagesTest {
  /** Other digits, another decimal point, another i. The first one fills what is kept. */
  private static final List<String> LANGUAGES =
      List.of("ar-EG-u-nu-arab", "fa-IR", "tr-TR", "de-DE", "und");

  @TempDir Path dir;

  @Test
  @Timeout(600)
  void everyLanguageGivesTheSameFiles() throws IOException, InterruptedException {
    Path printed = dir.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InEveryLanguage.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertTrue(process.waitFor(500, TimeUnit.SECONDS), "the other process takes too long");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(printed));
    Map<String, byte[]> plain = files(dir.resolve("und"));
    assertTrue(plain.size() > 10, plain.keySet().toString());
    for (String language : LANGUAGES) {
      Map<String, byte[]> files = files(dir.resolve(language));
      assertEquals(plain.keySet(), files.keySet(), language);
      assertEquals(
          List.of(),
          files.keySet().stream()
              .filter(name -> !Arrays.equals(plain.get(name), files.get(name)))
              .toList(),
          language);
    }
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString();
        if (name.endsWith(".npz")) {
          unpack(name, file, files); // a zip holds the time
        } else {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static void unpack(String name, Path file, Map<String, byte[]> files) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(name + ":" + entry.getName(), zip.readAllBytes());
      }
    }
  }

  /** The other process. */
  static final class InEveryLanguage {
    private InEveryLanguage() {}

    public static void main(String[] arguments) throws IOException {
      for (String language : LANGUAGES) {
        Locale.setDefault(Locale.forLanguageTag(language));
        for (String name : List.of("default", "default-detector")) {
          requireRecognised(ModelSources.open(name));
        }
        List<String> saved = new ArrayList<>(List.of("json", "viewer"));
        PoseFormats.all().stream().map(PoseFormat::id).forEach(saved::add);
        int code =
            Rtm.execute(
                "infer",
                Path.of("..", "samples", "clip_01.mp4").toString(),
                "-o",
                Path.of(arguments[0], language).toString(),
                "--deterministic",
                "--end",
                "0.3",
                "--angles",
                "--save",
                saved.stream().distinct().collect(Collectors.joining(",")));
        if (code != 0) {
          System.exit(code);
        }
      }
      System.exit(0);
    }

    private static void requireRecognised(Model model) throws IOException {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String key : model.weights().keys()) {
        tensors.put(key, model.weights().get(key));
      }
      List<Recognition> found =
          Architectures.recognise(
              new Checkpoint("made.pth", "made", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY));
      if (!(found.get(0) instanceof Recognition.Whole whole)
          || !whole.spec().hyperParameters().equals(model.spec().hyperParameters())) {
        throw new IllegalStateException(model.name() + " is taken for " + found);
      }
    }
  }
}
