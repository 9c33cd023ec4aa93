package io.github.rtmjava.parity;

import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program with this library in it: predicts with a model in the whole of a picture. */
final class LibraryUser {
  private LibraryUser() {}

  public static void main(String[] args) throws IOException {
    try (PoseInferencer inferencer = PoseInferencer.builder().model(args[0]).noDetector().build()) {
      for (int i = 0; i < 3; i++) {
        System.out.println(
            "people " + inferencer.predict(Images.read(Path.of(args[1]))).persons().size());
      }
    }
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .forEach(line -> System.out.println("most " + line.replaceAll("\\D", "") + " KiB"));
    }
  }
}
