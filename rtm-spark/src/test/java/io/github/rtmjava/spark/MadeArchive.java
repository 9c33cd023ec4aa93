package io.github.rtmjava.spark;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** An archive made of the samples, of which one in a hundred is damaged. */
final class MadeArchive {
  private static final int DAMAGED = 100;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  private MadeArchive() {}

  /** The samples at other places and in other sizes, no two alike; returns how many are damaged. */
  static int pictures(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    BufferedImage[] scenes = new BufferedImage[Scenes.NAMES.size()];
    for (int i = 0; i < scenes.length; i++) {
      scenes[i] = Images.read(Scenes.FOLDER.resolve(Scenes.NAMES.get(i))).toBufferedImage();
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = canvas.createGraphics();
      int width = random.nextInt(WIDTH / 2, WIDTH + 1);
      graphics.drawImage(
          scenes[i % scenes.length],
          random.nextInt(WIDTH - width + 1),
          random.nextInt(HEIGHT / 4),
          width,
          width * HEIGHT / WIDTH,
          null);
      graphics.dispose();
      Path file = folder.resolve("picture_%05d.jpg".formatted(i));
      Files.write(file, Images.jpeg(Image.fromBufferedImage(canvas)));
    }
    return damage(folder, count);
  }

  /** The sample's clip again and again; returns how many are damaged. */
  static int clips(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.copy(
          Scenes.FOLDER.resolve("clip_01.mp4"), folder.resolve("clip_%05d.mp4".formatted(i)));
    }
    return damage(folder, count);
  }

  /** Cuts one of each hundred off near its beginning, at least one. */
  private static int damage(Path folder, int count) throws IOException {
    int damaged = 0;
    for (int i = 0; i < count; i += DAMAGED) {
      int number = i;
      try (var all = Files.list(folder)) {
        Path file = all.sorted().skip(number).findFirst().orElseThrow();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
        damaged++;
      }
    }
    return damaged;
  }
}
