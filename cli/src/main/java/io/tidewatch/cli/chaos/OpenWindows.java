package io.tidewatch.cli.chaos;

import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.testkit.WindowOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The windows of records that come in the order of their event times, each told when the last of
 * its records has come.
 *
 * @param <T> record
 */
final class OpenWindows<T> {
  /** Each look copies the records into all of their windows. */
  private static final long LOOK_EVERY_MS = Duration.ofMinutes(1).toMillis();

  private final String table;
  private final Function<T, List<String>> series;
  private final ToLongFunction<T> timeMs;
  private final WindowSpec window;
  private final BiConsumer<RowKey, List<T>> taker;
  private List<T> records = new ArrayList<>();
  private long closedMs = Long.MIN_VALUE;
  private long nextLookMs = Long.MIN_VALUE;

  /**
   * @param table of the rows
   * @param series of a record
   * @param timeMs its event time
   * @param taker gets each window that holds a record once
   */
  OpenWindows(
      String table,
      Function<T, List<String>> series,
      ToLongFunction<T> timeMs,
      WindowSpec window,
      BiConsumer<RowKey, List<T>> taker) {
    this.table = table;
    this.series = series;
    this.timeMs = timeMs;
    this.window = window;
    this.taker = taker;
  }

  /** Adds a record that is not before any other. */
  void add(T record) {
    long nowMs = timeMs.applyAsLong(record);
    if (nowMs >= nextLookMs) {
      close(nowMs);
      nextLookMs = nowMs + LOOK_EVERY_MS;
    }
    records.add(record);
  }

  /** Tells the windows that end by then and were not told before. */
  void close(long untilMs) {
    long fromMs = closedMs;
    records.stream()
        .collect(Collectors.groupingBy(series))
        .forEach(
            (name, ofSeries) ->
                WindowOracle.windows(ofSeries, timeMs, window)
                    .forEach(
                        (endMs, inWindow) -> {
                          if (endMs > fromMs && endMs <= untilMs) {
                            taker.accept(
                                new RowKey(table, name, endMs - window.sizeMs(), endMs), inWindow);
                          }
                        }));
    closedMs = untilMs;
    records =
        records.stream()
            .filter(record -> timeMs.applyAsLong(record) >= untilMs - window.sizeMs())
            .collect(Collectors.toCollection(ArrayList::new));
  }
}
