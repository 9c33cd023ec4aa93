package io.github.rtmjava.output.format.table;

import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.BodyAngle.Kind;
import io.github.rtmjava.motion.angle.BodyAngle.Side;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One person's angles over time: right beside left, joints above segments. All panels have one axis
 * of time; those of a row one of degrees, and one legend above them.
 */
final class AngleSheet {
  private static final int WIDTH = 1600;
  private static final int ROW = 350;
  private static final int TITLE = 56;
  private static final int HEADING = 34;
  private static final int INSET = 24;

  /** Pixels from one tick to the next in a panel that shares its row. */
  private static final int TICKS = 90;

  private static final Set<String> LEG = Set.of("ankle", "knee", "hip", "foot", "shank", "thigh");

  /** Okabe and Ito's colours, which people tell apart who see few. */
  private static final Color[] COLOURS = {
    new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7)
  };

  private static final Color INK = new Color(0x24292f);
  private static final Color GRID = new Color(0xe3e7ec);

  private final List<BodyAngle> angles;
  private final Curves curves;

  AngleSheet(List<BodyAngle> angles, Curves curves) {
    this.angles = angles;
    this.curves = curves;
  }

  /** Panels side by side, with one scale. */
  private record Row(String title, List<List<BodyAngle>> panels) {}

  BufferedImage draw(String title) {
    List<Row> rows = rows();
    double[] times = range(rows.stream().flatMap(row -> row.panels.stream()).toList(), false);
    BufferedImage sheet =
        new BufferedImage(WIDTH, TITLE + ROW * rows.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      graphics.setColor(INK);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 22));
      graphics.drawString(title, INSET, 38);
      for (int i = 0; i < rows.size(); i++) {
        draw(rows.get(i), TITLE + i * ROW, times, graphics);
      }
    } finally {
      graphics.dispose();
    }
    return sheet;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      String name = kind == Kind.JOINT ? "joints, flexion" : "segments, against the horizontal";
      rows.add(new Row("Leg " + name, sides(kind, true)));
      rows.add(new Row("Arm " + name, sides(kind, false)));
    }
    List<BodyAngle> middle = angles.stream().filter(a -> a.side() == Side.MIDDLE).toList();
    rows.add(new Row("Trunk and head, against the horizontal", List.of(middle)));
    rows.removeIf(row -> row.panels.stream().allMatch(List::isEmpty));
    return rows;
  }

  private List<List<BodyAngle>> sides(Kind kind, boolean leg) {
    List<List<BodyAngle>> sides = new ArrayList<>();
    for (Side side : new Side[] {Side.RIGHT, Side.LEFT}) {
      sides.add(
          angles.stream()
              .filter(a -> a.side() == side && a.kind() == kind && LEG.contains(a.part()) == leg)
              .toList());
    }
    return sides;
  }

  private void draw(Row row, int top, double[] x, Graphics2D graphics) {
    heading(row, top, graphics);
    double[] y = range(row.panels, true);
    int count = row.panels.size();
    int width = WIDTH / count;
    int height = ROW - HEADING;
    for (int i = 0; i < count; i++) {
      String side = count == 1 ? "" : i == 0 ? "right" : "left";
      XYChart chart = chart(side, width, row.panels.get(i), x, y);
      // With one panel in a row its ticks lie as far apart in time as with two.
      chart.getStyler().setXAxisTickMarkSpacingHint(TICKS * 2 / count);
      Graphics2D part = (Graphics2D) graphics.create(i * width, top + HEADING, width, height);
      chart.paint(part, width, height);
      part.dispose();
    }
  }

  /** The row's name, and which colour is what. */
  private static void heading(Row row, int top, Graphics2D graphics) {
    int line = top + HEADING - 10;
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    graphics.drawString(row.title, INSET, line);
    int x = INSET + graphics.getFontMetrics().stringWidth(row.title) + 36;
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    List<String> parts =
        row.panels.stream().flatMap(List::stream).map(BodyAngle::part).distinct().toList();
    for (int i = 0; i < parts.size(); i++) {
      graphics.setColor(COLOURS[i % COLOURS.length]);
      graphics.fillRect(x, line - 7, 22, 4);
      graphics.setColor(INK);
      graphics.drawString(parts.get(i), x + 28, line);
      x += 28 + graphics.getFontMetrics().stringWidth(parts.get(i)) + 24;
    }
  }

  private XYChart chart(String side, int width, List<BodyAngle> shown, double[] x, double[] y) {
    List<String> unseen =
        shown.stream()
            .filter(angle -> curves.line(angles.indexOf(angle)).isEmpty())
            .map(BodyAngle::part)
            .toList();
    String note = unseen.isEmpty() ? "" : " (not seen: " + String.join(", ", unseen) + ")";
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(ROW - HEADING)
            .title(side + note)
            .xAxisTitle("time (s)")
            .yAxisTitle("degrees")
            .build();
    chart
        .getStyler()
        .setLegendVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setChartTitleVisible(!side.isEmpty() || !note.isEmpty())
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
        .setChartFontColor(INK);
    chart
        .getStyler()
        .setLocale(Locale.ROOT)
        .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
        .setPlotGridLinesColor(GRID)
        .setXAxisMin(x[0])
        .setXAxisMax(x[1])
        .setYAxisMin(y[0])
        .setYAxisMax(y[1]);
    chart.getStyler().setPlotBorderVisible(false).setPlotBackgroundColor(Color.WHITE);
    for (int i = 0; i < shown.size(); i++) {
      Curves.Line line = curves.line(angles.indexOf(shown.get(i)));
      XYSeries series =
          chart.addSeries(
              shown.get(i).part(),
              led(x[0] + 4e-4 * (x[1] - x[0]), line.times()),
              led(Double.NaN, line.values()));
      series.setMarker(curves.frames() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      series.setMarkerColor(COLOURS[i % COLOURS.length]);
      series.setLineColor(COLOURS[i % COLOURS.length]);
      series.setLineStyle(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
    return chart;
  }

  /**
   * A number before some numbers. XChart takes no series without any, and puts the ticks at evenly
   * spaced times instead of at round ones.
   */
  private static double[] led(double first, double[] others) {
    double[] all = new double[1 + others.length];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  /** What some panels span together, with whole tens of degrees around it. */
  private double[] range(List<List<BodyAngle>> panels, boolean ofValues) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (List<BodyAngle> panel : panels) {
      for (BodyAngle angle : panel) {
        Curves.Line line = curves.line(angles.indexOf(angle));
        for (double value : ofValues ? line.values() : line.times()) {
          low = value < low ? value : low;
          high = value > high ? value : high;
        }
      }
    }
    if (!(low <= high)) {
      low = 0;
      high = 1;
    }
    if (ofValues) {
      low = 10 * Math.floor(low / 10);
      high = 10 * Math.ceil(high / 10);
    }
    return new double[] {low, high > low ? high : low + 1};
  }
}
