package io.github.rtmjava.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Tells whether the pixels of a JPEG that ended without its end mark are all there. OpenCV's
 * decoder fills what is missing with grey and does not say so; the JDK's does.
 */
final class EndlessJpeg {
  /** Only so many-th pixels are kept, for nobody looks at them. */
  private static final int STEP = 64;

  private EndlessJpeg() {}

  /**
   * Decodes it.
   *
   * @param jpeg with an end mark put behind it
   */
  static boolean isWhole(byte[] jpeg) {
    AtomicBoolean complains = new AtomicBoolean();
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener((source, warning) -> complains.set(true));
      reader.setInput(in, true, true);
      ImageReadParam few = reader.getDefaultReadParam();
      few.setSourceSubsampling(STEP, STEP, 0, 0);
      reader.readRaster(0, few);
      return !complains.get();
    } catch (IOException | RuntimeException e) {
      return false;
    } finally {
      reader.dispose();
    }
  }
}
