package io.tidewatch.cli.input;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a replayed file and where it stands, so that what is wrong with it can be said.
 *
 * @param file the file
 * @param number of the line, the first is 1
 * @param text of the line
 */
record ReplayLine(Path file, long number, String text) {
  private static final int SHOWN_CHARACTERS = 60;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");
  private static final Pattern MILLISECONDS = Pattern.compile("-?\\d{1,18}");

  /** The name of the file without its extension. */
  static String stem(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  ReplayException refused(String column, String value, String expected) {
    return refused(column, value, expected, null);
  }

  ReplayException refused(String column, String value, String expected, @Nullable Throwable cause) {
    return new ReplayException(
        "%s, line %d, column %s: was '%s', expected %s"
            .formatted(file, number, column, shown(value), expected),
        cause);
  }

  /** A finite number; {@code NaN} when the cell is empty or says so. */
  double number(String column, String cell) {
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (NUMBER.matcher(cell).matches()) {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    throw refused(column, cell, "a finite number, or nothing for a missing one");
  }

  /** Milliseconds since the epoch; a time without a zone is UTC. */
  long time(String column, String cell) {
    try {
      if (MILLISECONDS.matcher(cell).matches()) {
        return Long.parseLong(cell);
      }
      if (cell.endsWith("Z")) {
        return Instant.parse(cell).toEpochMilli();
      }
      return LocalDateTime.parse(cell.replaceFirst(" ", "T"))
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeException e) {
      throw refused(column, cell, "a time like 2014-03-07 03:41:00 (UTC) or milliseconds", e);
    }
  }

  /** One line, however long or odd the value is. */
  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
