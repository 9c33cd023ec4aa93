package io.github.rtmjava.parity;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose3d.RtmPose3D;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints how many native objects a number of predictions left behind. A process of its own: JavaCPP
 * counts only where it would also collect, which needs another setting than the other tests have,
 * and a heap so large that nothing is collected meanwhile.
 */
final class PointerCount {
  private static final int PREDICTIONS = 10;

  private PointerCount() {}

  /** Argument: the folder of the sample pictures. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0], "scene_03.png");
    try (RtmPose3D model = RtmPose3D.fromPretrained("default")) {
      for (int i = 0; i < PREDICTIONS; i++) {
        predict(model, file);
      }
      System.gc();
      Thread.sleep(1000); // for JavaCPP's thread, which frees what was collected
      long before = Pointer.totalCount();
      for (int i = 0; i < PREDICTIONS; i++) {
        predict(model, file);
      }
      System.out.println("left " + (Pointer.totalCount() - before));
    }
  }

  private static void predict(RtmPose3D model, Path file) throws Exception {
    Image image = Images.read(file);
    model.predict(image);
    model.predict(image, List.of(new Box(10, 10, 200, 300), new Box(100, 10, 300, 300)));
  }
}
