package io.tidewatch.analytics.dataset;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePoints;
import io.tidewatch.analytics.window.PointSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.Comparator;

/**
 * Stored readings as points, in the order of the live job. Those it cannot tell apart may have
 * other labels here: these decide then, and then when they came to be known.
 */
final class KnownPoints implements PointSource<DeviceKey, KnownTelemetry> {
  private static final long serialVersionUID = 1;

  private static final Comparator<KnownTelemetry> AMONG_EQUALS =
      Comparator.comparing(
              (KnownTelemetry known) -> known.record().label(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(KnownTelemetry::knownMs);

  private final DevicePoints live;

  KnownPoints(TelemetryModels models) {
    this.live = new DevicePoints(models);
  }

  @Override
  public PointWindowSpec window(DeviceKey key) {
    return live.window(key);
  }

  @Override
  public int compare(KnownTelemetry a, KnownTelemetry b) {
    int asLive = live.compare(a.record(), b.record());
    return asLive != 0 ? asLive : AMONG_EQUALS.compare(a, b);
  }
}
