package io.tidewatch.analytics.dataset;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.function.Consumer;

/**
 * The rows of one device, from its stored readings in order of event time: the windows of the live
 * job, by its own classes, without a watermark since nothing comes late. The same records give the
 * same features, bit for bit.
 */
public sealed interface DeviceRows permits TimeRows, PointRows {

  /**
   * Takes a reading, and tells the windows that end at its time or before.
   *
   * @throws IllegalArgumentException when one of a later time came before
   */
  void add(KnownTelemetry known, Consumer<LabelledVector> rows);

  /** Tells the windows that are left: there are no more readings. */
  void finish(Consumer<LabelledVector> rows);

  /** Those of a device that begins. */
  static DeviceRows of(
      DeviceKey key, TelemetryModels models, KnownAggregate aggregate, LabelRule rule) {
    return models.get(key.model()).window() instanceof PointWindowSpec
        ? new PointRows(key, models, aggregate, rule)
        : new TimeRows(key, aggregate, rule);
  }

  /** Refuses what is out of order. */
  static long inOrder(long timeMs, long lastMs) {
    if (timeMs < lastMs) {
      throw new IllegalArgumentException(
          "event time: must be ≥ the one before (%d), was %d".formatted(lastMs, timeMs));
    }
    return timeMs;
  }
}
