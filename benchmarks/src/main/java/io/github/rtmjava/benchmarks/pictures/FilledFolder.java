package io.github.rtmjava.benchmarks.pictures;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Folders of any number of pictures, made of a few. */
public final class FilledFolder {
  private static final int[] WIDTHS = {320, 480, 640, 960};

  private final List<Image> images = new ArrayList<>();

  /**
   * Reads the few.
   *
   * @param samples their folder
   */
  public FilledFolder(Path samples) throws IOException {
    for (Picture picture : PictureSearch.of(List.of(samples.toString())).pictures()) {
      images.add(picture.read());
    }
  }

  /** The samples again and again, each round in other sizes, as PNG and as JPEG. */
  public Path fill(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      int width = WIDTHS[i / images.size() % WIDTHS.length];
      String ending = i % 2 == 0 ? "jpg" : "png";
      Images.write(
          scaled(images.get(i % images.size()), width),
          folder.resolve(String.format(Locale.ROOT, "picture_%03d.%s", i, ending)));
    }
    return folder;
  }

  private static Image scaled(Image image, int width) {
    int height = Math.max(1, width * image.height() / image.width());
    // Crops are padded by a quarter, which a box that is smaller by as much takes back.
    float marginX = image.width() * 0.1f;
    float marginY = image.height() * 0.1f;
    Box box = new Box(marginX, marginY, image.width() - marginX, image.height() - marginY);
    try (Cropper cropper = Cropper.of(image)) {
      return cropper.crop(CropGeometry.of(box, width, height));
    }
  }
}
