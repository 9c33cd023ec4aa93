package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Canvas;
import java.util.ArrayList;
import java.util.List;

/** Small signs beside what they name, none on another as long as there is room. */
final class Labels {
  private static final double HEIGHT = 1.9;
  private static final double BASE_LINE = 1.45;

  /** Above and below its best place, so many times a sign's height. */
  private static final int MOST_STEPS = 12;

  private final Canvas canvas;
  private final double size;
  private final List<Box> taken;

  /**
   * No signs yet.
   *
   * @param size height of the capitals, pixels
   */
  Labels(Canvas canvas, double size) {
    this(canvas, size, new ArrayList<>());
  }

  private Labels(Canvas canvas, double size, List<Box> taken) {
    this.canvas = canvas;
    this.size = size;
    this.taken = taken;
  }

  /** More signs of another size among these. */
  Labels sized(double other) {
    return new Labels(canvas, other, taken);
  }

  /**
   * A sign on the upper side of a box; where another one is already, on the box's other corners, or
   * the next free place above or below.
   *
   * @param box in pixels of the canvas
   */
  void on(Box box, String text, int rgb) {
    double width = Canvas.textWidth(text, size) + size;
    double height = size * HEIGHT;
    double right = box.x2() - width;
    Box best = place(box.x1(), box.y1() - height, width, height);
    List<Box> places = new ArrayList<>();
    places.add(best);
    places.add(place(right, box.y1() - height, width, height));
    places.add(place(box.x1(), box.y2(), width, height));
    places.add(place(right, box.y2(), width, height));
    for (int step = 1; step <= MOST_STEPS; step++) {
      places.add(place(box.x1(), box.y1() - height * (1 + step), width, height));
      places.add(place(box.x1(), box.y1() + height * (step - 1), width, height));
    }
    draw(places.stream().filter(this::isFree).findFirst().orElse(best), text, rgb);
  }

  /**
   * A sign beside a point, on the side given; left out where it would hide another.
   *
   * @param right whether it stands on the right of the point
   */
  void beside(double x, double y, boolean right, String text, int rgb) {
    double width = Canvas.textWidth(text, size) + size;
    double height = size * HEIGHT;
    Box place = place(right ? x + size : x - size - width, y - height / 2, width, height);
    if (isFree(place)) {
      draw(place, text, rgb);
    }
  }

  /** Within the canvas. */
  private Box place(double x, double y, double width, double height) {
    double left = Math.max(0, Math.min(x, canvas.width() - width));
    double top = Math.max(0, Math.min(y, canvas.height() - height));
    return new Box((float) left, (float) top, (float) (left + width), (float) (top + height));
  }

  private boolean isFree(Box place) {
    return taken.stream().allMatch(other -> place.iou(other) == 0);
  }

  private void draw(Box place, String text, int rgb) {
    taken.add(place);
    canvas.fill(place.x1(), place.y1(), place.x2(), place.y2(), rgb);
    canvas.text(text, place.x1() + size * 0.5, place.y1() + size * BASE_LINE, size, Colours.BLACK);
  }
}
