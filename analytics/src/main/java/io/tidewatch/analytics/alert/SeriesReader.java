package io.tidewatch.analytics.alert;

import io.tidewatch.analytics.alert.expr.Selector;
import io.tidewatch.analytics.alert.rule.AlertRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

  /** How many measurements are behind a record, for {@code min_samples}; default: enough. */
  default long samples(T record) {
    return Long.MAX_VALUE;
  }

  /** What is known of how the values of a record came about; default: nothing. */
  default SampleOrigin origin(T record) {
    return SampleOrigin.UNKNOWN;
  }

  /** Why no record can be judged by a metric of a rule: rule and value; null when some can. */
  default @Nullable String mistake(Selector selector) {
    return knows(selector.metric())
        ? null
        : "must name a metric of this job, was '" + selector.metric() + "'";
  }

  /** Why no record can be judged by a rule: key, rule and value; null when some can. */
  default @Nullable String mistake(AlertRule rule) {
    List<Selector> selectors = new ArrayList<>(rule.condition().selectors());
    int ofCondition = selectors.size();
    if (rule.clear() != null) {
      selectors.addAll(rule.clear().selectors());
    }
    for (int i = 0; i < selectors.size(); i++) {
      String mistake = mistake(selectors.get(i));
      if (mistake != null) {
        return (i < ofCondition ? "expr: " : "clear: ") + mistake;
      }
    }
    return null;
  }
}
