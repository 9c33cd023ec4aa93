package io.github.rtmjava.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.jspecify.annotations.Nullable;

/** Text in Java's sans-serif font, the one of the plots, as shades of grey. */
final class Letters {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final int MARGIN = 2;

  private final TextLayout layout;

  /**
   * How much each pixel of a rectangle is covered by text.
   *
   * @param left from the text's origin to the rectangle, pixels
   * @param top from the base line to the rectangle, pixels
   * @param cover row by row, 0 to 255 unsigned
   */
  record Mask(int left, int top, int width, int height, byte[] cover) {}

  private Letters(TextLayout layout) {
    this.layout = layout;
  }

  /**
   * A line of text.
   *
   * @param size height of the capitals, pixels
   * @return null where Java has no fonts, as in slim containers
   */
  static @Nullable Letters of(String text, double size) {
    Font font = Fonts.SANS;
    if (font == null || text.isEmpty()) {
      return null;
    }
    float points = (float) (size / Fonts.CAPITALS);
    return new Letters(new TextLayout(text, font.deriveFont(points), CONTEXT));
  }

  /** Pixels from left to right. */
  double width() {
    return layout.getAdvance();
  }

  /** The text with its origin at this part of a pixel. */
  Mask mask(double x, double y) {
    Rectangle2D bounds = layout.getBounds();
    int left = (int) Math.floor(bounds.getMinX() + x) - MARGIN;
    int top = (int) Math.floor(bounds.getMinY() + y) - MARGIN;
    int width = (int) Math.ceil(bounds.getMaxX() + x) + MARGIN - left;
    int height = (int) Math.ceil(bounds.getMaxY() + y) + MARGIN - top;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setColor(Color.WHITE);
      layout.draw(graphics, (float) (x - left), (float) (y - top));
    } finally {
      graphics.dispose();
    }
    byte[] cover = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    return new Mask(left, top, width, height, cover);
  }

  /** Loaded with the first text. */
  private static final class Fonts {
    static final @Nullable Font SANS = load();

    /** Height of the capitals of a font of one point. */
    static final double CAPITALS = SANS == null ? 1 : capitals(SANS);

    /** Java's fonts need native libraries and font files, which are not everywhere. */
    private static @Nullable Font load() {
      try {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
        return capitals(font) > 0 ? font : null;
      } catch (RuntimeException | LinkageError | InternalError e) {
        return null;
      }
    }

    private static double capitals(Font font) {
      Font large = font.deriveFont(100f);
      return large.createGlyphVector(CONTEXT, "H").getVisualBounds().getHeight() / 100;
    }
  }
}
