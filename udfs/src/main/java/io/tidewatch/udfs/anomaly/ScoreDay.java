package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.model.ScoreHistogram;
import io.tidewatch.analytics.model.ScoreHours;
import io.tidewatch.schemas.derived.ScoreContext;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a key over the last 24 hours of event time, by hours: the hour that has not ended,
 * the hours before it each by itself, and their sum. A row writes the first, an hour that ends the
 * other two; so what a row costs does not grow with the day. The day is 24 hours that have ended
 * and the one that has not.
 */
final class ScoreDay {
  /** Names of states; a promise, see CHANGELOG. */
  static final String HOUR_START = "scores-hour-start";

  static final String HOUR = "scores-hour";
  static final String HOURS = "scores-hours";
  static final String DAY = "scores-day";

  private final ValueState<Long> hourStartMs;
  private final ValueState<byte[]> hour;
  private final MapState<Long, byte[]> hours;
  private final ValueState<byte[]> day;

  ScoreDay(RuntimeContext context) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    hourStartMs = context.getState(new ValueStateDescriptor<>(HOUR_START, Types.LONG));
    hour = context.getState(new ValueStateDescriptor<>(HOUR, bytes));
    hours = context.getMapState(new MapStateDescriptor<>(HOURS, Types.LONG, bytes));
    day = context.getState(new ValueStateDescriptor<>(DAY, bytes));
  }

  /**
   * What was scored before a row, and the score of the row added to it.
   *
   * @param score {@code NaN} where there is none; then nothing is added
   * @param counts whether the score is added
   */
  ScoreContext contextOf(long timeMs, double score, boolean counts) throws Exception {
    turnTo(timeMs);
    ScoreHistogram current = read(hour.value());
    ScoreHistogram whole = read(day.value());
    whole.merge(current);
    if (counts && !Double.isNaN(score)) {
      current.add(score);
      hour.update(current.toBytes());
    }
    return whole.context(score);
  }

  /** Ends the hour when a row of a later one comes. A row of an earlier one counts in this. */
  private void turnTo(long timeMs) throws Exception {
    long startMs = ScoreHours.startOf(timeMs);
    Long before = hourStartMs.value();
    if (before != null && before >= startMs) {
      return;
    }
    hourStartMs.update(startMs);
    byte[] ended = hour.value();
    if (before == null || ended == null) {
      return;
    }
    hours.put(before, ended);
    hour.clear();
    ScoreHistogram sum = new ScoreHistogram();
    Iterator<Map.Entry<Long, byte[]>> each = hours.entries().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, byte[]> entry = each.next();
      if (!ScoreHours.isOfDay(entry.getKey(), startMs)) {
        each.remove();
      } else {
        sum.merge(read(entry.getValue()));
      }
    }
    day.update(sum.toBytes());
  }

  void clear() {
    hourStartMs.clear();
    hour.clear();
    hours.clear();
    day.clear();
  }

  private static ScoreHistogram read(byte @Nullable [] bytes) throws IOException {
    return bytes == null ? new ScoreHistogram() : ScoreHistogram.fromBytes(bytes);
  }
}
