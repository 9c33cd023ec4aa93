package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;

/**
 * One picture of a result: on the left the {@link Overlay}, pixel by pixel in the place of the
 * picture, on the right the {@link Skeleton3dView} of each person. Without people, or without
 * depth, only the overlay.
 *
 * <p>Pictures with a side of more than {@value #MAX_SIDE} pixels are shrunk to that.
 */
public final class Poster {
  /** Longest side of the left part, pixels. */
  static final int MAX_SIDE = 4096;

  private static final int MIN_HEIGHT = 480;
  private static final int MIN_CELL = 160;
  private static final int MOST_WITH_TWO_VIEWS = 2;
  private static final double WIDTH_OF_TWO = 1.05;
  private static final double WIDTH_OF_ONE = 0.72;

  private final DrawOptions options;
  private final Overlay overlay;
  private final Skeleton3dView view;

  /**
   * A poster.
   *
   * @param options of the part on the left; the threshold is that of the views too
   */
  public Poster(DrawOptions options) {
    this.options = options;
    this.overlay = new Overlay(options);
    this.view = new Skeleton3dView(options.keypointThreshold());
  }

  /**
   * The poster of a picture and what was found in it. The names of the views have the colours of
   * the boxes.
   */
  public Image compose(Image image, PoseResult result) {
    double scale = Math.min(1, (double) MAX_SIDE / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.rint(image.width() * scale));
    int height = Math.max(1, (int) Math.rint(image.height() * scale));
    try (Canvas left = background(image, width, height)) {
      overlay.draw(left, result, scale);
      List<PersonPose> persons = result.persons().stream().filter(PersonPose::has3d).toList();
      if (persons.isEmpty()) {
        return left.toImage();
      }
      int full = Math.max(height, MIN_HEIGHT);
      Grid grid = Grid.of(persons.size(), Math.max(width, full), full);
      try (Canvas poster =
          Canvas.blank(width + grid.columns * grid.cellWidth, full, Colours.BACKGROUND)) {
        poster.draw(left, 0, 0);
        for (int i = 0; i < persons.size(); i++) {
          int x = width + i % grid.columns * grid.cellWidth;
          int y = i / grid.columns * grid.cellHeight;
          try (Canvas cell = poster.region(x, y, grid.cellWidth, grid.cellHeight)) {
            cell(cell, result, persons.get(i), grid.views);
          }
        }
        return poster.toImage();
      }
    }
  }

  private Canvas background(Image image, int width, int height) {
    if (options.has(DrawOptions.Detail.BLACK)) {
      return Canvas.blank(width, height, Colours.BLACK);
    }
    return width < image.width() || height < image.height()
        ? Canvas.of(image, width, height)
        : Canvas.of(image);
  }

  private void cell(Canvas cell, PoseResult result, PersonPose person, int views) {
    Frame3d frame = result.frame();
    Skeleton3dView.Viewpoint[] viewpoints = Skeleton3dView.Viewpoint.values();
    int width = cell.width() / views;
    for (int i = 0; i < views; i++) {
      try (Canvas part = cell.region(i * width, 0, width, cell.height())) {
        view.draw(part, person, result.keypointSet(), frame, viewpoints[i]);
      }
    }
    cell.line(0, 0, 0, cell.height(), Colours.GRID, 1);
    cell.line(0, 0, cell.width(), 0, Colours.GRID, 1);
    double size = Math.max(7, cell.height() * 0.018);
    int number = result.persons().indexOf(person);
    String kind = person.hands().isPresent() ? "hands" : "person";
    String title =
        person.id().isPresent() ? "id " + person.id().getAsInt() : kind + " " + (number + 1);
    cell.text(title, size * 1.2, size * 2.4, size * 1.2, Overlay.colour(person, number));
    String scaleNote = Skeleton3dView.note(person, frame);
    double noteWidth = Canvas.textWidth(scaleNote, size);
    if (noteWidth + 4 * size + Canvas.textWidth(title, size * 1.2) < cell.width()) {
      cell.text(
          scaleNote, cell.width() - noteWidth - size * 1.2, size * 2.4, size, Colours.FAINT_TEXT);
    }
  }

  /**
   * How the people are laid out.
   *
   * @param columns cells side by side
   * @param cellWidth pixels
   * @param cellHeight pixels
   * @param views pictures of each person
   */
  private record Grid(int columns, int cellWidth, int cellHeight, int views) {

    /** The number of rows whose width comes nearest to the picture's. */
    static Grid of(int people, int width, int height) {
      Grid best = ofRows(1, people, height);
      for (int rows = 2; height / rows >= MIN_CELL; rows++) {
        Grid grid = ofRows(rows, people, height);
        if (grid.misfit(width) < best.misfit(width)) {
          best = grid;
        }
      }
      return best;
    }

    private static Grid ofRows(int rows, int people, int height) {
      int views = people <= MOST_WITH_TWO_VIEWS ? 2 : 1;
      int cellHeight = height / rows;
      int cellWidth = (int) Math.rint(cellHeight * (views == 2 ? WIDTH_OF_TWO : WIDTH_OF_ONE));
      return new Grid((people + rows - 1) / rows, cellWidth, cellHeight, views);
    }

    private double misfit(int width) {
      return Math.abs(Math.log((double) columns * cellWidth / width));
    }
  }
}
