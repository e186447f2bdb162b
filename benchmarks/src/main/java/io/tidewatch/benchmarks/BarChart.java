package io.tidewatch.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars from zero, with a line from least to greatest, as SVG.
 *
 * @param title above the bars
 */
public record BarChart(String title, List<Bar> bars) {
  private static final int WIDTH = 900;
  private static final int LEFT = 170;
  private static final int RIGHT = 130;
  private static final int TOP = 50;
  private static final int ROW = 26;
  private static final int THICK = 16;

  /** One value with its range. */
  public record Bar(String label, double value, double min, double max) {}

  /** The whole document. */
  public String svg() {
    double greatest = bars.stream().mapToDouble(Bar::max).max().orElse(1);
    double scale = (WIDTH - LEFT - RIGHT) / greatest;
    int height = TOP + ROW * bars.size() + 14;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="12" y="26" font-size="16">%s</text>
            """,
            WIDTH, height, escaped(title)));
    for (int i = 0; i < bars.size(); i++) {
      append(svg, bars.get(i), TOP + i * ROW, scale);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void append(StringBuilder svg, Bar bar, int y, double scale) {
    int middle = y + THICK / 2;
    svg.append(
        format(
            """
            <text x="%d" y="%d" text-anchor="end">%s</text>
            <rect x="%d" y="%d" width="%.1f" height="%d" fill="#2a6f97"/>
            <line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="black"/>
            <text x="%.1f" y="%d">%,.0f</text>
            """,
            LEFT - 10,
            middle + 5,
            escaped(bar.label),
            LEFT,
            y,
            bar.value * scale,
            THICK,
            LEFT + bar.min * scale,
            LEFT + bar.max * scale,
            middle,
            middle,
            LEFT + bar.max * scale + 8,
            middle + 5,
            bar.value));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
