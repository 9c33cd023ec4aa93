package io.github.rtmjava.benchmarks.serve;

import com.sun.management.OperatingSystemMXBean;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a picture and a person in it cost, in time of one processor: so many pictures a second a
 * core reads and looks for people in, so many people a second it finds the keypoints of. Time of
 * the processor is counted, not of the clock, so that what else the machine does matters little.
 */
public final class SizingRun {
  private static final String EMBEDDED_DETECTOR = "default-detector";
  private static final String EMBEDDED_POSE = "default";
  private static final int BATCH = 8;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final byte[] picture;
  private final Box person;
  private final long nanos;
  private final PrintWriter out;

  /**
   * A run.
   *
   * @param scene a picture with one person
   * @param person where that person is
   * @param seconds of the processor for each row
   * @param out where the table goes
   */
  public SizingRun(Image scene, Box person, int seconds, PrintWriter out) throws IOException {
    this.picture = Images.jpeg(scene);
    this.person = person;
    this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    this.out = out;
  }

  /** Begins the table. */
  public void begin() throws IOException {
    out.println("| network | a core does, a second | native memory |");
    out.println("|---|---|---|");
    pictures("the embedded detector", EMBEDDED_DETECTOR);
    people("the embedded pose model", EMBEDDED_POSE);
  }

  /** A row of a detector: a JPEG picture is decoded and looked at. */
  public void pictures(String name, String detector) throws IOException {
    try (PoseInferencer inferencer =
        one().model(EMBEDDED_POSE).detector(detector).bboxThreshold(1).build()) {
      // With that threshold nobody is found, and the pose model has nothing to do.
      row(name, "pictures", inferencer, 1, () -> inferencer.predict(Images.decode(picture, name)));
    }
  }

  /** A row of a pose model: people are cropped and looked at. */
  public void people(String name, String model) throws IOException {
    Image image = Images.decode(picture, name);
    List<Box> boxes = Collections.nCopies(BATCH, person);
    try (PoseInferencer inferencer = one().model(model).noDetector().build()) {
      row(name, "people", inferencer, BATCH, () -> inferencer.predict(image, boxes));
    }
  }

  /** On one thread. */
  private static PoseInferencerBuilder one() {
    return PoseInferencer.builder().threads(1);
  }

  private void row(String name, String what, PoseInferencer inferencer, int each, Work work)
      throws IOException {
    inferencer.warmUp();
    work.run();
    work.run();
    long start = SYSTEM.getProcessCpuTime();
    int count = 0;
    while (SYSTEM.getProcessCpuTime() - start < nanos) {
      work.run();
      count += each;
    }
    double seconds = (SYSTEM.getProcessCpuTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    out.printf(
        Locale.ROOT,
        "| %s | %.3g %s | %d MiB |%n",
        name,
        count / seconds,
        what,
        (inferencer.memory().weights() + inferencer.memory().session()) >> 20);
    out.flush();
  }

  /** What is done again and again. */
  private interface Work {
    void run() throws IOException;
  }
}
