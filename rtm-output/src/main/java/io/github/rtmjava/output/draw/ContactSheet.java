package io.github.rtmjava.output.draw;

import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;

/** Small pictures of many results on one page, row by row, each with its name. For one thread. */
public final class ContactSheet implements AutoCloseable {
  private static final int COLUMNS = 5;
  private static final int ROWS = 6;
  private static final int CELL_WIDTH = 320;
  private static final int PICTURE_HEIGHT = 240;
  private static final int NAME_HEIGHT = 26;
  private static final int GAP = 8;
  private static final double LETTERS = 10;

  private final Overlay overlay;
  private final Canvas page;
  private int count;

  /** An empty page. */
  public ContactSheet(Overlay overlay) {
    this.overlay = overlay;
    this.page =
        Canvas.blank(
            COLUMNS * (CELL_WIDTH + GAP) + GAP,
            ROWS * (PICTURE_HEIGHT + NAME_HEIGHT + GAP) + GAP,
            Colours.BACKGROUND);
  }

  /** Whether nothing more fits. */
  public boolean isFull() {
    return count == COLUMNS * ROWS;
  }

  /**
   * Adds a picture with everybody drawn on it.
   *
   * @param name is shortened to what fits
   * @throws IllegalStateException if the page is full
   */
  public void add(Image image, PoseResult result, String name) {
    if (isFull()) {
      throw new IllegalStateException("expected room on the page, found it full");
    }
    int x = GAP + count % COLUMNS * (CELL_WIDTH + GAP);
    int y = GAP + count / COLUMNS * (PICTURE_HEIGHT + NAME_HEIGHT + GAP);
    count++;
    double scale =
        Math.min((double) CELL_WIDTH / image.width(), (double) PICTURE_HEIGHT / image.height());
    int width = Math.max(1, Math.min(CELL_WIDTH, (int) Math.rint(image.width() * scale)));
    int height = Math.max(1, Math.min(PICTURE_HEIGHT, (int) Math.rint(image.height() * scale)));
    try (Canvas small = Canvas.of(image, width, height)) {
      overlay.draw(small, result, scale);
      page.draw(small, x + (CELL_WIDTH - width) / 2, y + (PICTURE_HEIGHT - height) / 2);
    }
    page.text(fitting(name), x + 4, y + PICTURE_HEIGHT + NAME_HEIGHT * 0.65, LETTERS, Colours.TEXT);
  }

  private static String fitting(String name) {
    String text = name;
    while (text.length() > 4 && Canvas.textWidth(text, LETTERS) > CELL_WIDTH - 8) {
      text = "..." + text.substring(Math.min(text.length() - 1, 4));
    }
    return text;
  }

  /** The page, cut below its last row. */
  public Image toImage() {
    int rows = Math.max(1, (count + COLUMNS - 1) / COLUMNS);
    int columns = Math.max(1, Math.min(COLUMNS, count));
    try (Canvas used =
        page.region(
            0,
            0,
            columns * (CELL_WIDTH + GAP) + GAP,
            rows * (PICTURE_HEIGHT + NAME_HEIGHT + GAP) + GAP)) {
      return used.toImage();
    }
  }

  @Override
  public void close() {
    page.close();
  }
}
