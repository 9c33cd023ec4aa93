package io.github.rtmjava.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.files.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the sigmas of keypoints: from a list, or from a file of text or JSON. */
final class Sigmas {
  /** More than any file of sigmas has. */
  private static final long MOST_BYTES = 1 << 20;

  private Sigmas() {}

  /**
   * The numbers that a flag gives.
   *
   * @throws IOException if there are none
   */
  static List<Double> of(String listOrFile) throws IOException {
    if (listOrFile.matches("[-+0-9.eE,; ]+")) {
      return numbers("--sigmas", listOrFile);
    }
    Path file = Path.of(listOrFile);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s: expected as --sigmas numbers such as 0.026,0.025 or a file of them, found no file"
              .formatted(listOrFile));
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": expected a file of sigmas, found more than 1 MiB");
    }
    String text = Text.of(Files.readAllBytes(file));
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("{")
        ? json(file, text)
        : numbers(file.toString(), text);
  }

  private static List<Double> json(Path file, String text) throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": expected JSON, found something damaged", e);
    }
    JsonNode list = root.isObject() ? root.findPath("sigmas") : root;
    List<Double> sigmas = new ArrayList<>();
    for (JsonNode number : list) {
      sigmas.add(checked(file.toString(), number.isNumber() ? number.asDouble() : Double.NaN));
    }
    return required(file.toString(), sigmas);
  }

  private static List<Double> numbers(String from, String text) throws IOException {
    List<Double> sigmas = new ArrayList<>();
    for (String number : text.strip().split("[\\s,;]+", -1)) {
      if (!number.isEmpty()) {
        try {
          sigmas.add(checked(from, Double.parseDouble(number)));
        } catch (NumberFormatException e) {
          throw new IOException(
              "%s: expected sigmas as numbers, found '%s'".formatted(from, number), e);
        }
      }
    }
    return required(from, sigmas);
  }

  private static double checked(String from, double sigma) throws IOException {
    if (!(sigma > 0 && Double.isFinite(sigma))) {
      throw new IOException("%s: expected sigmas above 0, found %s".formatted(from, sigma));
    }
    return sigma;
  }

  private static List<Double> required(String from, List<Double> sigmas) throws IOException {
    if (sigmas.isEmpty()) {
      throw new IOException(
          from + ": expected sigmas, as a list or under \"sigmas\" of an object, found none");
    }
    return sigmas;
  }
}
