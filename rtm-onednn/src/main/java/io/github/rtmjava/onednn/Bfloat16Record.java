package io.github.rtmjava.onednn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What bfloat16 gained and cost where {@code benchmarks/run --precision} was run: a row of {@code
 * bfloat16.tsv}.
 *
 * @param gain time in float32 over time in bfloat16
 * @param moved share of keypoints whose largest bin was another, of a detector's outputs the
 *     largest error as a share of their range
 */
record Bfloat16Record(double gain, double moved) {

  /** What is known of an architecture on a kind of processor. */
  static Optional<Bfloat16Record> find(String architecture, String processor) {
    try (InputStream in = Bfloat16Record.class.getResourceAsStream("bfloat16.tsv")) {
      if (in == null) {
        throw new IOException("the library was built without its bfloat16.tsv");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .filter(row -> row[0].equals(architecture) && row[1].equals(processor))
          .map(row -> new Bfloat16Record(Double.parseDouble(row[2]), Double.parseDouble(row[3])))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
