package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV or NDJSON file, one after the other in the order of the file, moved in time:
 * {@code startMs + (t - t0) / speed}, {@code t0} being the time of the first record. So telemetry
 * of years ago flows beside that of today and is not late. One line at a time is in memory. The
 * first line that is not a record ends the replay with a {@link ReplayException}.
 */
public final class Replay implements Iterator<ReplayRecord>, AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final ReplayOptions options;
  private final BufferedReader reader;
  private final ReplayFormat format;
  private long lineNumber;
  private @Nullable Long firstTimeMs;
  private @Nullable ReplayLine next;

  /**
   * @param models those that a record may belong to
   * @throws ReplayException when the file cannot be read or its first line shows no known format
   */
  public static Replay open(Path file, ReplayOptions options, TelemetryModels models) {
    BufferedReader reader;
    try {
      reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ReplayException(file + ": cannot be read: " + e, e);
    }
    try {
      return new Replay(file, options, models, reader);
    } catch (RuntimeException e) {
      try {
        reader.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private Replay(Path file, ReplayOptions options, TelemetryModels models, BufferedReader reader) {
    this.file = file;
    this.options = options;
    this.reader = reader;
    ReplayLine first = nextLine(file, reader);
    if (first == null) {
      throw new ReplayException(file + ": is empty, expected a CSV header or JSON objects");
    }
    this.format = ReplayFormat.of(first, options, models);
    this.next = format.hasHeader() ? nextLine(file, reader) : first;
    if (next == null) {
      throw new ReplayException(file + ": holds a header only, expected records below it");
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /**
   * @throws ReplayException when the line does not hold a record
   */
  @Override
  public ReplayRecord next() {
    ReplayLine line = next;
    if (line == null) {
      throw new NoSuchElementException("end of " + file);
    }
    ReplayRecord record = moved(format.read(line));
    next = nextLine(file, reader);
    return record;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable ReplayLine nextLine(Path file, BufferedReader reader) {
    try {
      String text = reader.readLine();
      lineNumber++;
      while (text != null && text.isBlank()) {
        text = reader.readLine();
        lineNumber++;
      }
      if (text == null) {
        return null;
      }
      boolean marked = lineNumber == 1 && text.startsWith(BYTE_ORDER_MARK);
      return new ReplayLine(file, lineNumber, (marked ? text.substring(1) : text).strip());
    } catch (IOException e) {
      throw new ReplayException(
          "%s: cannot be read after line %d, expected UTF-8: %s".formatted(file, lineNumber, e), e);
    }
  }

  private ReplayRecord moved(ReplayRecord original) {
    if (firstTimeMs == null) {
      firstTimeMs = original.eventTimeMs();
    }
    long timeMs =
        options.startMs() + Math.round((original.eventTimeMs() - firstTimeMs) / options.speed());
    if (original instanceof ReplayRecord.Telemetry telemetry) {
      DeviceTelemetry at = telemetry.reading();
      return new ReplayRecord.Telemetry(
          new DeviceTelemetry(
              at.model(), at.deviceId(), timeMs, at.values(), at.tags(), at.label()));
    }
    ApiLatency at = ((ReplayRecord.Latency) original).request();
    return new ReplayRecord.Latency(
        new ApiLatency(
            at.service(),
            at.endpoint(),
            at.method(),
            at.status(),
            at.durationMs(),
            timeMs,
            at.traceId()));
  }
}
