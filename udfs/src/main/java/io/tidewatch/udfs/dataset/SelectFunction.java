package io.tidewatch.udfs.dataset;

import io.tidewatch.analytics.clean.RangeCleaner;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.util.Locale;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Readings of the data set go on, values out of range dealt with as the live job does. What becomes
 * of each is an accumulator of the job: {@code read}; of them {@code selected}, {@code
 * other_model}, {@code other_device}, {@code out_of_range}, {@code known_later} and, refused,
 * {@code rejected.<reason>}; and {@code out_of_range_values}.
 */
public final class SelectFunction
    extends RichFlatMapFunction<Inbound<KnownTelemetry>, KnownTelemetry> {
  private static final long serialVersionUID = 1;

  public static final String READ = "read";
  public static final String REJECTED = "rejected.";
  public static final String OUT_OF_RANGE_VALUES = "out_of_range_values";

  private final Selection selection;
  private final RangeCleaner cleaner;

  public SelectFunction(Selection selection, TelemetryModels models) {
    this.selection = selection;
    this.cleaner = new RangeCleaner(models);
  }

  /** The accumulator of a verdict. */
  public static String accumulator(Selection.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void flatMap(Inbound<KnownTelemetry> inbound, Collector<KnownTelemetry> out) {
    count(READ, 1);
    Rejected rejected = inbound.rejected();
    if (rejected != null) {
      count(REJECTED + rejected.reason().code(), 1);
    }
    KnownTelemetry known = inbound.value();
    if (known != null) {
      Selection.Verdict verdict = selection.judge(known);
      count(accumulator(verdict), 1);
      if (verdict == Selection.Verdict.SELECTED) {
        RangeCleaner.Cleaned cleaned = cleaner.clean(known.record());
        count(OUT_OF_RANGE_VALUES, cleaned.changed());
        out.collect(new KnownTelemetry(cleaned.record(), known.knownMs()));
      }
    }
  }

  private void count(String name, int by) {
    getRuntimeContext().getLongCounter(name).add(by);
  }
}
