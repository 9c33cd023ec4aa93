package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded models on a folder, one picture after another: what a program does that reads a
 * picture, looks for poses and writes them, in a loop.
 */
final class FolderLoop {
  private static final float KEYPOINT_THRESHOLD = 0.3f;

  private FolderLoop() {}

  public static void main(String[] args) throws IOException {
    Path output = Files.createDirectories(Path.of(args[1]));
    Poster poster = new Poster(DrawOptions.of(KEYPOINT_THRESHOLD));
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      inferencer.warmUp();
      for (Picture picture : PictureSearch.of(List.of(args[0])).pictures()) {
        Image image = picture.read();
        PoseResult result = inferencer.predict(image);
        String name = picture.fileName();
        JsonWriter.write(result, name, output.resolve(name + ".json"));
        Images.write(poster.compose(image, result), output.resolve(name + ".png"));
      }
    }
  }
}
