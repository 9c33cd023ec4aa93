package io.github.rtmjava.image;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Decodes mutated pictures in a process of its own: {@code PictureFuzzChild PROGRESS SEED FIRST
 * COUNT} or {@code PictureFuzzChild PICTURE}. The number of the case at hand stands in the file
 * PROGRESS, for whoever finds this process dead. The working directory is empty.
 */
final class PictureFuzzChild {
  private static final long LIMIT_NANOS = 20_000_000_000L;
  private static final int BAD = 1;
  private static final int HANG = 3;
  private static final int FILES_EACH = 1000;

  private PictureFuzzChild() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 1) {
      System.out.println(reads(Files.readAllBytes(Path.of(args[0]))) ? "read" : "refused");
      return;
    }
    long seed = Long.parseLong(args[1]);
    long first = Long.parseLong(args[2]);
    long count = Long.parseLong(args[3]);
    PictureCases cases = new PictureCases(seed);
    AtomicLong started = new AtomicLong(System.nanoTime());
    startWatch(started);
    long begin = System.nanoTime();
    long read = 0;
    try (FileChannel progress =
        FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long number = first; number < first + count; number++) {
        started.set(System.nanoTime());
        progress.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number), 0);
        try {
          read += reads(cases.make(number)) ? 1 : 0;
          if (number % FILES_EACH == 0) {
            requireNothingWritten();
          }
        } catch (Throwable bad) { // whatever it is, it is what is looked for
          System.out.println("fuzz: " + bad);
          bad.printStackTrace(System.out);
          System.exit(BAD);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz: seed %d, cases %d to %d: %d read, %d refused; %.0f s, peak heap %d MB, peak RSS %d"
            + " MB%n",
        seed,
        first,
        first + count - 1,
        read,
        count - read,
        (System.nanoTime() - begin) / 1e9,
        peakHeap() >> 20,
        peakResident() >> 10);
  }

  private static boolean reads(byte[] file) {
    try {
      Image image = Images.decode(file, "case");
      return image.width() > 0 && image.height() > 0;
    } catch (ImageException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith("case: ") || message.length() > 300 || message.contains("\n")) {
        throw new AssertionError("not one line: '" + message + "'", e);
      }
      return false;
    }
  }

  private static void requireNothingWritten() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      Optional<Path> written = files.findFirst();
      if (written.isPresent()) {
        throw new AssertionError("wrote " + written.get());
      }
    }
  }

  /** Ends the process when a case takes too long. */
  private static void startWatch(AtomicLong started) {
    Thread watch =
        new Thread(
            () -> {
              while (System.nanoTime() - started.get() < LIMIT_NANOS) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
              }
              System.out.println("fuzz: hangs");
              Runtime.getRuntime().halt(HANG);
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Kibibytes; 0 where the system does not say. */
  private static long peakResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
