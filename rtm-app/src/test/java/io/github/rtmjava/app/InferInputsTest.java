package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users name on the command line, and what becomes of it. */
@Timeout(120)
class InferInputsTest {
  @TempDir Path dir;

  @Test
  void whatIsLeftOutOfAFolderIsNamedOnce() throws IOException {
    Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
    for (String name : List.of("b.HEIC", "c.heic", "d.avif")) {
      Files.writeString(dir.resolve("in").resolve(name), "");
    }
    Cli.Outcome outcome = infer(dir.resolve("in").toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        List.of("3 files left out: 2 .heic, 1 .avif (convert them first)"), outcome.errLines());
  }

  @Test
  void aPatternInAFolderWithBrackets() throws IOException {
    Pictures.write(dir.resolve("photos [2024]/deep/a.png"), Pictures.BRIGHT);
    assertEquals(0, infer(dir + "/photos [2024]/**/*.png").code());
    assertTrue(Files.exists(dir.resolve("out/a.json")));
  }

  @Test
  void aPictureUnderTheNameOfAVideo() throws IOException {
    Path picture = Pictures.write(dir.resolve("a.png"), Pictures.BRIGHT);
    Path renamed = Files.move(picture, dir.resolve("a.mp4"));
    Cli.Outcome outcome = infer(renamed.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(Files.exists(dir.resolve("out/a.json")));
  }

  @Test
  void aPictureCutBehindItsPixels() throws IOException {
    Path picture = Pictures.write(dir.resolve("a.png"), Pictures.BRIGHT);
    byte[] file = Files.readAllBytes(picture);
    Files.write(picture, Arrays.copyOf(file, file.length - 12));
    assertEquals(0, infer(picture.toString()).code());
  }

  @Test
  void aBoxAtTheFarEndOfALongPicture() throws IOException {
    Path picture = dir.resolve("long.png");
    byte[] white = new byte[36_000 * 48 * 3];
    Arrays.fill(white, (byte) 255);
    Images.write(Image.ofBgr(36_000, 48, white), picture);
    Cli.Outcome outcome = infer(picture.toString(), "--bbox", "35251,0,35387,48", "--save", "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err().replaceAll("--bbox gives.*\\R", ""));
  }

  @Test
  void aBoxBesideThePictureIsRemarkedOn() throws IOException {
    Path picture = Pictures.write(dir.resolve("a.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = infer(picture.toString(), "--bbox", "1000,1000,1100,1200");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(
        outcome
            .err()
            .contains("no pixel of the picture (64 x 64) is in the box 1000,1000,1100,1200"),
        outcome.err());
  }

  @Test
  void framesWithDigitsOfAnotherScriptAndGaps() throws IOException {
    for (String digit : List.of("\uff11", "\uff12", "\uff14")) {
      Pictures.write(dir.resolve("in/" + digit + ".png"), Pictures.BRIGHT);
    }
    Cli.Outcome outcome =
        infer(dir.resolve("in").toString(), "--frame-rate", "25", "--save", "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("1 of the numbers from 1 to 4 are missing"), outcome.err());
    int header = 1;
    assertEquals(header + 3, Files.readAllLines(dir.resolve("out/in.jsonl")).size());
  }

  @Test
  void aDeviceIsOneLine() throws IOException {
    if (Files.exists(Path.of("/dev/zero"))) {
      Cli.Outcome outcome = infer("/dev/zero");
      assertEquals(1, outcome.code());
      assertTrue(outcome.err().contains("/dev/zero: expected a picture, found a device"));
      assertTrue(!outcome.err().contains("Xmx"), outcome.err());
    }
  }

  private Cli.Outcome infer(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-o";
    all[arguments.length + 1] = dir.resolve("out").toString();
    return Cli.infer(all);
  }
}
