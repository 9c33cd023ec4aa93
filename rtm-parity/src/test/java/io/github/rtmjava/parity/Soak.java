package io.github.rtmjava.parity;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.RtmPose3D;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that predicts again and again, from several threads that share one model, and prints a
 * {@link MemorySample} per line. Pictures have sides of 200 to 2000 pixels and show any number of
 * people; half of them are looked for, the other half lie in 0 to 8 boxes of the caller's.
 *
 * <p>A process of its own, because the heap has to be of one size for the rest to be told from it.
 */
final class Soak {
  private static final int THREADS = 4;
  private static final int MAX_PEOPLE = 8;
  private static final int PER_PICTURE = 5;
  private static final List<String> SCENES = List.of("scene_03", "scene_05", "scene_11");

  private final RtmPose3D model;
  private final Path samples;
  private final int predictions;
  private final int every;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong people = new AtomicLong();

  private Soak(RtmPose3D model, Path samples, int predictions) {
    this.model = model;
    this.samples = samples;
    this.predictions = predictions;
    this.every = predictions / SoakTest.SAMPLES;
  }

  /** Arguments: the folder of the sample pictures, and how many predictions are made. */
  public static void main(String[] args) throws Exception {
    try (RtmPose3D model = RtmPose3D.fromPretrained("default")) {
      new Soak(model, Path.of(args[0]), Integer.parseInt(args[1])).run();
    }
  }

  private void run() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> working = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        SplittableRandom random = new SplittableRandom(t);
        working.add(
            threads.submit(
                () -> {
                  work(random);
                  return null;
                }));
      }
      for (Future<?> each : working) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    System.out.println("people " + people.get());
  }

  private void work(SplittableRandom random) throws IOException {
    Image picture = picture(random);
    for (int i = next.getAndIncrement(); i < predictions; i = next.getAndIncrement()) {
      if (i % PER_PICTURE == 0) {
        picture = picture(random);
      }
      PoseResult found =
          random.nextBoolean()
              ? model.predict(picture)
              : model.predict(picture, boxes(random, picture));
      people.addAndGet(found.size());
      for (PersonPose person : found.persons()) {
        if (!Float.isFinite(person.scores()[0])) {
          throw new IllegalStateException("prediction " + i + " has no finite scores");
        }
      }
      if (i % every == every - 1) {
        System.out.println(MemorySample.now(i + 1));
      }
    }
  }

  private static List<Box> boxes(SplittableRandom random, Image picture) {
    List<Box> boxes = new ArrayList<>();
    for (int i = random.nextInt(MAX_PEOPLE + 1); i > 0; i--) {
      float x = random.nextInt(picture.width());
      float y = random.nextInt(picture.height());
      boxes.add(new Box(x, y, x + random.nextInt(20, 800), y + random.nextInt(20, 1500)));
    }
    return boxes;
  }

  /** Rendered people on grey, scaled and side by side; nobody now and then. */
  private Image picture(SplittableRandom random) throws IOException {
    int width = random.nextInt(200, 2001);
    int height = random.nextInt(200, 2001);
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = canvas.createGraphics();
    int copies = random.nextInt(4);
    for (int i = 0; i < copies; i++) {
      String scene = SCENES.get(random.nextInt(SCENES.size()));
      BufferedImage people = Images.read(samples.resolve(scene + ".png")).toBufferedImage();
      graphics.drawImage(people, width * i / copies, 0, width / copies, height, null);
    }
    graphics.dispose();
    return Image.fromBufferedImage(canvas);
  }
}
