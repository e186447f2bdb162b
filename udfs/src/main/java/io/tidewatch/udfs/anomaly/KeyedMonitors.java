package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.series.Assessment;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesMonitor;
import io.tidewatch.analytics.series.SeriesMonitorCodec;
import io.tidewatch.analytics.series.SeriesPoint;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitors of series. State of a key is the monitor as bytes of a while ago, and the rows
 * since: a row adds 24 bytes to it, whatever the backend, and the hundred thousand of a monitor are
 * written once in {@value #MOST_SINCE} rows. A monitor is a function of its rows, so both together
 * are the monitor as it is, bit for bit.
 *
 * <p>Monitors that are ready are kept outside of the state. They are made from it, so whether one
 * is there changes the time of a row and nothing else. When there are more series than that, one of
 * them is read and taken through its rows for each row.
 */
final class KeyedMonitors {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedMonitors.class);

  /** Names of states; a promise, see CHANGELOG. */
  static final String MONITOR = "series-monitor";

  static final String ROWS_SINCE = "series-rows-since";

  /**
   * Rows between two writings. Fewer: more is written a row; more: it takes longer to be ready
   * again after a restart, some ten microseconds a row.
   */
  static final int MOST_SINCE = 128;

  private final ValueState<byte[]> bytes;
  private final ListState<SeriesPoint> rowsSince;
  private final Function<SeriesKey, DetectorSettings> settings;
  private final SeriesCounters counters;
  private final Map<SeriesKey, Ready> ready;

  /** A monitor that is ready, and what of it is in the list of rows. */
  static final class Ready {
    private final SeriesMonitor monitor;
    private int since;
    private int writeAt;
    private long newestMs = NO_ROW;

    private Ready(SeriesMonitor monitor, int writeAt) {
      this.monitor = monitor;
      this.writeAt = writeAt;
    }

    /** End of the newest window, milliseconds since the epoch; {@link #NO_ROW} before the first. */
    long newestMs() {
      return newestMs;
    }
  }

  /** Before the first row. */
  static final long NO_ROW = Long.MIN_VALUE;

  /**
   * @param settings of the detector of a series
   * @param cached monitors that are kept ready, of all keys
   */
  KeyedMonitors(
      RuntimeContext context,
      Function<SeriesKey, DetectorSettings> settings,
      int cached,
      SeriesCounters counters) {
    bytes =
        context.getState(
            new ValueStateDescriptor<>(
                MONITOR, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    rowsSince =
        context.getListState(
            new ListStateDescriptor<>(ROWS_SINCE, TypeInformation.of(SeriesPoint.class)));
    this.settings = settings;
    this.counters = counters;
    this.ready =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<SeriesKey, Ready> eldest) {
            return size() > cached;
          }
        };
  }

  /** The monitor of the current key; one that begins where there is none. */
  Ready of(SeriesKey key) throws Exception {
    Ready found = ready.get(key);
    if (found == null) {
      found = read(key);
      ready.put(key, found);
    }
    return found;
  }

  private Ready read(SeriesKey key) throws Exception {
    byte[] written = bytes.value();
    Ready read = written == null ? begin(key) : decoded(key, written);
    for (SeriesPoint row : rowsSince.get()) {
      read.monitor.next(row);
      read.newestMs = row.timeMs();
      read.since++;
    }
    if (read.newestMs != NO_ROW) {
      counters.restored.inc();
    }
    return read;
  }

  private Ready decoded(SeriesKey key, byte[] written) {
    try {
      return new Ready(SeriesMonitorCodec.read(written, settings.apply(key)), MOST_SINCE);
    } catch (IOException e) {
      LOG.warn("series {} begins anew: {}", key, e.getMessage());
      counters.dropped.inc();
      bytes.clear();
      return begin(key);
    }
  }

  /**
   * Series mostly begin together and have a row at the same time. So that they are not all written
   * at the same time too, the first writing comes sooner, for each another time.
   */
  private Ready begin(SeriesKey key) {
    return new Ready(
        SeriesMonitor.create(settings.apply(key)), 1 + Math.floorMod(key.hashCode(), MOST_SINCE));
  }

  /** Lets the monitor of the current key take a row. */
  Assessment next(Ready of, SeriesPoint row) throws Exception {
    if (of.since >= of.writeAt) {
      bytes.update(SeriesMonitorCodec.write(of.monitor));
      rowsSince.clear();
      of.since = 0;
      of.writeAt = MOST_SINCE;
    }
    Assessment assessment = of.monitor.next(row);
    rowsSince.add(row);
    of.since++;
    of.newestMs = row.timeMs();
    return assessment;
  }

  /** End of the newest window of the current key, without making its monitor ready. */
  long newestMs(SeriesKey key) throws Exception {
    Ready found = ready.get(key);
    if (found != null) {
      return found.newestMs;
    }
    long newestMs = NO_ROW;
    for (SeriesPoint row : rowsSince.get()) {
      newestMs = row.timeMs();
    }
    return newestMs;
  }

  /** Forgets the current key. */
  void clear(SeriesKey key) {
    ready.remove(key);
    bytes.clear();
    rowsSince.clear();
  }
}
