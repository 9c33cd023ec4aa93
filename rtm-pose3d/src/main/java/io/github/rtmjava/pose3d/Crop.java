package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.model.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a top-down network is shown of one box in one picture.
 *
 * @param view the picture
 * @param detection the box
 * @param geometry the part of the picture
 */
record Crop(View view, Detection detection, CropGeometry geometry) {

  /** Those of all boxes, picture by picture. */
  static List<Crop> of(List<View> views, InputSpec input) {
    List<Crop> crops = new ArrayList<>();
    for (View view : views) {
      for (Detection box : view.people()) {
        crops.add(new Crop(view, box, CropGeometry.of(box.box(), input.width(), input.height())));
      }
    }
    return crops;
  }
}
