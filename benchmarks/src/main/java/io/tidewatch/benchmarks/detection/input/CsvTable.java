package io.tidewatch.benchmarks.detection.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of numbers with a header, separated by commas, without quotes; gzipped where it says so.
 */
final class CsvTable {
  static final String PLAIN = ".csv";
  static final String GZIPPED = ".csv.gz";

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

  private final Path file;
  private final List<String> header;
  private final List<String[]> rows;

  private CsvTable(Path file, List<String> header, List<String[]> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /** Whether the name is one of a table. */
  static boolean isTable(Path file) {
    return file.toString().endsWith(PLAIN) || file.toString().endsWith(GZIPPED);
  }

  /** The path as text, without what says that it is a table. */
  static String stem(Path file) {
    String name = file.toString();
    return name.substring(0, name.lastIndexOf(PLAIN));
  }

  /**
   * Reads the whole file.
   *
   * @throws IllegalArgumentException when it has no rows, or a row has not one value a column
   * @throws IOException when it cannot be read; names the file
   */
  static CsvTable read(Path file) throws IOException {
    List<String> lines = lines(file);
    if (lines.size() < 2) {
      throw new IllegalArgumentException(
          "%s: must have a header and at least one row, had %d lines"
              .formatted(file, lines.size()));
    }
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<String[]> rows = new ArrayList<>(lines.size() - 1);
    for (int line = 1; line < lines.size(); line++) {
      String[] values = lines.get(line).split(",", -1);
      if (values.length != header.size()) {
        throw new IllegalArgumentException(
            "%s:%d: must have %d values, as the header has, had %d: %s"
                .formatted(file, line + 1, header.size(), values.length, shown(lines.get(line))));
      }
      rows.add(values);
    }
    return new CsvTable(file, header, rows);
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(GZIPPED) ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new IOException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return lines;
  }

  Path file() {
    return file;
  }

  List<String> header() {
    return header;
  }

  int rows() {
    return rows.size();
  }

  String text(int row, int column) {
    return rows.get(row)[column];
  }

  /** The number there; {@code NaN} where the value is empty or {@code NaN}: it is missing. */
  double number(int row, int column) {
    String text = text(row, column).strip();
    if (text.isEmpty() || text.equals("NaN")) {
      return Double.NaN;
    }
    try {
      double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed(row, column, "a finite number", e);
    }
    throw malformed(row, column, "a finite number", null);
  }

  /** Whether there is a 1, which must be a 1 or a 0. */
  boolean flag(int row, int column) {
    double number = number(row, column);
    if (number != 0 && number != 1) {
      throw malformed(row, column, "0 or 1", null);
    }
    return number == 1;
  }

  /** What to throw about a value; counts lines from 1, the header. */
  IllegalArgumentException malformed(
      int row, int column, String expected, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "%s:%d: %s: must be %s, was %s"
            .formatted(file, row + 2, header.get(column), expected, shown(text(row, column))),
        cause);
  }

  /** What to throw about the header. */
  IllegalArgumentException malformedHeader(String expected) {
    return new IllegalArgumentException(
        "%s:1: must be %s, was %s".formatted(file, expected, shown(String.join(",", header))));
  }

  private static String shown(String text) {
    int most = 80;
    String start = text.length() <= most ? text : text.substring(0, most) + "…";
    return start.isBlank() ? "nothing" : start;
  }
}
