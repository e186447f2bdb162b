package io.tidewatch.analytics.dataset;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointWindows;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of windows by points. Points are counted from the first reading that is taken, so where the
 * live job began earlier its windows lie elsewhere. Not for use by several threads.
 */
final class PointRows implements DeviceRows {
  private final DeviceKey key;
  private final PointWindows<DeviceKey, KnownTelemetry, DevicePane, FeatureVector> windows;
  private final PointWindowSpec window;
  private final WindowMembers members;
  private final List<KnownTelemetry> sameTime = new ArrayList<>();
  private @Nullable PointSeries<DevicePane> series;
  private long points;
  private long told;
  private long lastMs = Long.MIN_VALUE;

  PointRows(DeviceKey key, TelemetryModels models, KnownAggregate aggregate, LabelRule rule) {
    KnownPoints source = new KnownPoints(models);
    this.key = key;
    this.windows = new PointWindows<>(source, aggregate);
    this.window = source.window(key);
    this.members = new WindowMembers(rule);
  }

  @Override
  public void add(KnownTelemetry known, Consumer<LabelledVector> rows) {
    long timeMs = known.record().eventTimeMs();
    if (timeMs != lastMs) {
      long beforeMs = lastMs;
      lastMs = DeviceRows.inOrder(timeMs, lastMs);
      takePoints(beforeMs, rows);
    }
    sameTime.add(known);
  }

  @Override
  public void finish(Consumer<LabelledVector> rows) {
    takePoints(lastMs, rows);
  }

  /** All points of one time at once: their order is that of their values. */
  private void takePoints(long timeMs, Consumer<LabelledVector> rows) {
    if (sameTime.isEmpty()) {
      return;
    }
    PointSeries<DevicePane> current = series;
    if (current == null || windows.isOver(key, current, timeMs)) {
      current = windows.begin(key, current);
      series = current;
      members.clear();
      points = 0;
      told = 0;
    }
    List<FeatureVector> results = windows.add(key, current, sameTime, timeMs);
    for (KnownTelemetry known : sameTime) {
      members.add(points++, known);
    }
    for (FeatureVector result : results) {
      long first = told++ * window.slide();
      members.dropBefore(first);
      rows.accept(members.row(result, first, first + window.size()));
    }
    sameTime.clear();
  }
}
