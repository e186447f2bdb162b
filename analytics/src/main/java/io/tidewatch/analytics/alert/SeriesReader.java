package io.tidewatch.analytics.alert;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rule sees a record: as one sample of a series with labels and named metrics.
 *
 * @param <K> key of the series
 * @param <T> the record
 */
public interface SeriesReader<K, T> extends Serializable {

  /** Event time of the sample, milliseconds since the epoch. */
  long timeMs(T record);

  /**
   * Whether the record tells again of a time that has been decided on: it corrects a record that
   * was read before, or stands where there was none. It is no sample.
   */
  boolean isCorrection(T record);

  /** The labels that identify the series; unmodifiable. */
  Map<String, String> labels(K key);

  /** Value of a metric; {@code NaN} when this record has none of that name or it is not defined. */
  double metric(T record, String name);

  /** Whether any record can have a metric of that name: a rule that names another is a mistake. */
  boolean knows(String metric);

  /** Why no record can be judged by the condition: rule and value; null when some can. */
  default @Nullable String mistake(Condition condition) {
    return knows(condition.metric())
        ? null
        : "must name a metric of this job, was '" + condition.metric() + "'";
  }
}
