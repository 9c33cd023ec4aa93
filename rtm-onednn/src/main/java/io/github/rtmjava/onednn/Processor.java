package io.github.rtmjava.onednn;

import io.github.rtmjava.onednn.natives.Dnnl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the processor is called. */
final class Processor {
  private Processor() {}

  /** The model's name with family, model and stepping, where the system tells. */
  static String name() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .takeWhile(line -> !line.isBlank())
          .filter(line -> line.matches("(vendor_id|cpu family|model|model name|stepping)\\s*:.*"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .reduce((a, b) -> a + " " + b)
          .orElseGet(Processor::unnamed);
    } catch (IOException | RuntimeException e) {
      return unnamed();
    }
  }

  /** Processors of which one tells what to expect of the others: instructions and maker. */
  static String kind() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("vendor_id"))
          .map(line -> Dnnl.isa() + " " + line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElseGet(() -> Dnnl.isa().toString());
    } catch (IOException | RuntimeException e) {
      return Dnnl.isa().toString();
    }
  }

  private static String unnamed() {
    return System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
  }
}
