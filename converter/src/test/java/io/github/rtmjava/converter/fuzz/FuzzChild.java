package io.github.rtmjava.converter.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads mutated files in a process of its own, whose heap is small: {@code FuzzChild FOLDER SEED
 * FIRST COUNT}, or {@code FuzzChild FOLDER PATH} for one file again. The folder is empty and the
 * working directory.
 */
final class FuzzChild {
  private static final long LIMIT_NANOS = 20_000_000_000L;
  private static final int BAD = 1;
  private static final int HANG = 3;

  private final Path folder;
  private final AtomicLong current = new AtomicLong(-1);
  private final AtomicLong started = new AtomicLong();

  private FuzzChild(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    FuzzChild child = new FuzzChild(Path.of(args[0]));
    if (args.length == 2) {
      System.out.println(Reading.reads(Path.of(args[1])) ? "read" : "refused");
    } else {
      child.run(Long.parseLong(args[1]), Long.parseLong(args[2]), Long.parseLong(args[3]));
    }
  }

  private void run(long seed, long first, long count) throws IOException {
    Cases cases = new Cases(seed);
    Path file = folder.resolve("case.pth");
    Path bundle = folder.resolve("case");
    startWatch(seed);
    long begin = System.nanoTime();
    long read = 0;
    for (long number = first; number < first + count; number++) {
      Path path = file;
      try {
        Cases.Case next = cases.make(number);
        byte[] weights = next.weights();
        if (weights == null) {
          write(file, next.file());
        } else {
          path = bundle;
          Files.createDirectories(bundle);
          write(bundle.resolve(Cases.MODEL), next.file());
          write(bundle.resolve(Cases.WEIGHTS), weights);
        }
        started.set(System.nanoTime());
        current.set(number);
        read += Reading.reads(path) ? 1 : 0;
        current.set(-1);
        requireNothingWritten(file, bundle);
      } catch (Throwable bad) { // whatever it is, it is what is looked for
        System.out.printf("fuzz: seed %d case %d left in %s: %s%n", seed, number, path, bad);
        bad.printStackTrace(System.out);
        System.exit(BAD);
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

  /** Anew: some file systems wait for the disk when a file that has a content is written over. */
  private static void write(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, content);
  }

  private void requireNothingWritten(Path file, Path bundle) throws IOException {
    try (var files = Files.list(folder)) {
      files
          .filter(f -> !f.equals(file) && !f.equals(bundle))
          .findFirst()
          .ifPresent(
              f -> {
                throw new AssertionError("wrote " + f);
              });
    }
  }

  /** Ends the process when a case takes too long. */
  private void startWatch(long seed) {
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
                long number = current.get();
                if (number >= 0
                    && System.nanoTime() - started.get() > LIMIT_NANOS
                    && current.get() == number) {
                  System.out.printf("fuzz: seed %d case %d hangs%n", seed, number);
                  Runtime.getRuntime().halt(HANG);
                }
              }
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
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
