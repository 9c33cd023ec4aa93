package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of pictures, several at a time. */
class PictureRunTest {
  /** Large enough for a drawing that takes a while. */
  private static final int SIDE = 3000;

  @TempDir Path dir;

  @Test
  void nobodyWritesAnyMoreWhenItFails() throws IOException {
    byte[] grey = new byte[SIDE * SIDE * 3];
    Arrays.fill(grey, (byte) Pictures.BRIGHT);
    Path file = dir.resolve("day.png");
    Images.write(Image.ofBgr(SIDE, SIDE, grey), file);
    Picture picture = Picture.of(file);
    Path out = Files.createDirectory(dir.resolve("out"));
    Saving saving = Saving.of(List.of("overlay"));
    OutputNames names =
        OutputNames.of(List.of(OutputNames.Input.of(picture)), List.of(), out, saving);
    Console console = new Console(RtmCommand.commandLine().getCommandSpec());
    try (PoseInferencer model =
            PoseInferencer.builder()
                .engine("fake")
                .model("fake-pose")
                .detector("fake-detector")
                .build();
        Interruption interruption = new Interruption(() -> {});
        Progress progress = new Progress(console, null)) {
      Inference found = model.infer(Stream.of(picture)).findFirst().orElseThrow();
      PictureJob job =
          new PictureJob(
              model, null, null, false, saving, new Poster(DrawOptions.of(0.3f)), 0.3f, null, out);
      Stream<Inference> results =
          Stream.of(true, false).map(first -> first ? found : failedWhileWriting());
      PictureRun run = new PictureRun(job, progress, names, null, interruption);
      assertThrows(IllegalStateException.class, () -> run.run(results));
      assertEquals(List.of(), writers());
    }
    try (Stream<Path> left = Files.list(out)) {
      assertFalse(left.anyMatch(path -> path.getFileName().toString().startsWith(".rtm-")));
    }
  }

  private static Inference failedWhileWriting() {
    while (writers().isEmpty()) {
      Thread.onSpinWait();
    }
    throw new IllegalStateException("made up");
  }

  /** Threads that are in the middle of a picture's results. */
  private static List<String> writers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().equals(PictureJob.class.getName())))
        .map(thread -> thread.getKey().getName())
        .toList();
  }

  @Test
  void whatWasThereIsReplacedAndNotWrittenOver() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Path out = Files.createDirectory(dir.resolve("out"));
    Path elsewhere = Files.writeString(dir.resolve("kept.json"), "old");
    Files.createLink(out.resolve("day.json"), elsewhere);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out.toString(), "--save", "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("old", Files.readString(elsewhere));
    assertFalse(Files.readString(out.resolve("day.json")).equals("old"));
  }
}
