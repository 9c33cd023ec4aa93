package io.github.rtmjava.converter.fuzz;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Checkpoints;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file as a user would, and judges how it was refused. */
public final class Reading {
  private static final int MAX_MESSAGE = 4000;

  private Reading() {}

  /** Reads everything in a file or folder. True if it was read, false if it was refused well. */
  static boolean reads(Path path) throws IOException {
    try {
      read(path);
    } catch (CheckpointException e) {
      judge(e);
      return false;
    }
    try {
      Conversion.open(path, ConversionOptions.DEFAULT).network();
    } catch (CheckpointException e) {
      judge(e);
    }
    return true;
  }

  private static void read(Path path) throws IOException {
    if (Files.isDirectory(path) || Bundles.isBundle(path)) {
      Model model = Bundles.open(path);
      for (String key : model.weights().keys()) {
        model.weights().get(key);
      }
    } else {
      Checkpoints.read(path);
    }
  }

  /** Asserts that a refusal is one short line, and not for lack of memory. */
  public static void judge(CheckpointException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (message.isBlank()
        || message.length() > MAX_MESSAGE
        || message.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028)) {
      throw new AssertionError("not one line: '" + message + "'", refusal);
    }
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
        throw new AssertionError("refused for lack of memory: " + message, refusal);
      }
    }
  }
}
