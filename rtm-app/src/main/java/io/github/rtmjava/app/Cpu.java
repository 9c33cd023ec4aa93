package io.github.rtmjava.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processor, as far as the system tells.
 *
 * @param model for example {@code AMD EPYC 9R14}; otherwise the architecture's name
 * @param features those that matter to networks; empty where the system does not tell
 * @param cores that this process may use
 */
record Cpu(String model, List<String> features, int cores) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Names as Linux gives them, for x86 and for ARM. */
  private static final Set<String> RELEVANT =
      Set.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx_vnni",
          "avx512f",
          "avx512bw",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "amx_tile",
          "amx_bf16",
          "amx_int8",
          "asimd",
          "asimdhp",
          "asimddp",
          "bf16",
          "i8mm",
          "sve",
          "sve2");

  static Cpu here() {
    String fallback =
        System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
    int cores = Runtime.getRuntime().availableProcessors();
    try {
      return of(Files.readAllLines(CPUINFO), fallback, cores);
    } catch (IOException e) {
      return new Cpu(fallback, List.of(), cores); // no Linux
    }
  }

  static Cpu of(List<String> cpuinfo, String fallback, int cores) {
    List<String> features =
        Stream.of("flags", "Features")
            .flatMap(key -> value(cpuinfo, key).stream())
            .flatMap(value -> Arrays.stream(value.split("\\s+")))
            .filter(RELEVANT::contains)
            .sorted()
            .toList();
    return new Cpu(value(cpuinfo, "model name").orElse(fallback), features, cores);
  }

  private static Optional<String> value(List<String> cpuinfo, String key) {
    return cpuinfo.stream()
        .filter(
            line -> line.contains(":") && line.substring(0, line.indexOf(':')).strip().equals(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
