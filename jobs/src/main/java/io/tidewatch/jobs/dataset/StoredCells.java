package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.reject.RejectReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Times and numbers as text. */
final class StoredCells {
  private static final Pattern MILLISECONDS = Pattern.compile("-?\\d{1,18}");

  /** Bounded, so that no cell takes long. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

  /** As in messages. */
  private static final int MAX_NAME_CHARS = 256;

  private StoredCells() {}

  /** A cell that is not what it has to be. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    final RejectReason reason;
    final String detail;

    Unreadable(RejectReason reason, String column, String expected, String cell) {
      super(reason.code());
      this.reason = reason;
      this.detail = "%s: must be %s, was '%s'".formatted(column, expected, cell);
    }
  }

  /** A finite number; {@code NaN} for a cell that is empty or says so. */
  static double number(String column, String cell) throws Unreadable {
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (!NUMBER.matcher(cell).matches()) {
      throw new Unreadable(RejectReason.WRONG_TYPE, column, "a number, or empty", cell);
    }
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new Unreadable(RejectReason.OUT_OF_RANGE, column, "a finite number", cell);
    }
    return value;
  }

  /** Text of a device or a label, with the limits of messages. */
  static String name(String column, String cell) throws Unreadable {
    if (cell.isEmpty()
        || cell.codePointCount(0, cell.length()) > MAX_NAME_CHARS
        || cell.chars().anyMatch(each -> each < ' ' || each == '\uFFFD')) {
      throw new Unreadable(
          RejectReason.INVALID_TEXT, column, "text of 1 to " + MAX_NAME_CHARS + " characters", "");
    }
    return cell;
  }

  /** Milliseconds since the epoch; a time without a zone is UTC. */
  static long timeMs(String column, String cell) throws Unreadable {
    try {
      if (MILLISECONDS.matcher(cell).matches()) {
        return Long.parseLong(cell);
      }
      return cell.endsWith("Z")
          ? Instant.parse(cell).toEpochMilli()
          : LocalDateTime.parse(cell.replaceFirst(" ", "T"))
              .toInstant(ZoneOffset.UTC)
              .toEpochMilli();
    } catch (DateTimeException e) {
      throw new Unreadable(
          RejectReason.WRONG_TYPE,
          column,
          "a time like 2026-01-01T00:00:00Z, or milliseconds since 1970",
          cell);
    }
  }
}
