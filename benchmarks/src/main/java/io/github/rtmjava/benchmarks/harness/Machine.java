package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The machine that measures, for people. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** What decides which code runs, by the kernel's names. */
  private static final List<String> FLAGS =
      List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_bf16");

  private Machine() {}

  /** For example {@code AMD EPYC 9755, 2 cores; avx2, avx512f; no amx_bf16}. */
  static String describe() throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    if (!Files.isReadable(CPU_INFO)) {
      return "%s, %s cores".formatted(System.getProperty("os.arch"), cores);
    }
    List<String> lines = Files.readAllLines(CPU_INFO);
    Set<String> flags = Set.copyOf(Arrays.asList(field(lines, "flags").split(" ", -1)));
    return "%s (family %s, model %s), %s cores; %s; without %s"
        .formatted(
            field(lines, "model name"),
            field(lines, "cpu family"),
            field(lines, "model"),
            cores,
            FLAGS.stream().filter(flags::contains).collect(Collectors.joining(", ")),
            FLAGS.stream().filter(f -> !flags.contains(f)).collect(Collectors.joining(", ")));
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.matches(name + "\\s*:.*"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .distinct()
        .findFirst()
        .orElse("unknown");
  }
}
