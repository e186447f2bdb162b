package io.tidewatch.analytics.dataset;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.SlidingWindows;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.function.Consumer;

/** Rows of windows by time. Not for use by several threads. */
final class TimeRows implements DeviceRows {
  private final DeviceKey key;
  private final SlidingWindows<DeviceKey, KnownTelemetry, DevicePane, FeatureVector> windows;
  private final long sizeMs;
  private final Panes<DevicePane> panes = new Panes<>();
  private final WindowMembers members;
  private long nextEndMs = SlidingWindows.NONE;
  private long lastMs = Long.MIN_VALUE;

  TimeRows(DeviceKey key, KnownAggregate aggregate, LabelRule rule) {
    this.key = key;
    this.windows = new SlidingWindows<>(aggregate);
    this.sizeMs = aggregate.window(key).sizeMs();
    this.members = new WindowMembers(rule);
  }

  @Override
  public void add(KnownTelemetry known, Consumer<LabelledVector> rows) {
    lastMs = DeviceRows.inOrder(known.record().eventTimeMs(), lastMs);
    tellUntil(lastMs, rows);
    long endMs = windows.add(key, panes, known, lastMs);
    if (endMs != SlidingWindows.NONE) {
      nextEndMs = nextEndMs == SlidingWindows.NONE ? endMs : Math.min(nextEndMs, endMs);
    }
    members.add(lastMs, known);
  }

  @Override
  public void finish(Consumer<LabelledVector> rows) {
    tellUntil(Long.MAX_VALUE, rows);
  }

  private void tellUntil(long timeMs, Consumer<LabelledVector> rows) {
    while (nextEndMs != SlidingWindows.NONE && nextEndMs <= timeMs) {
      long endMs = nextEndMs;
      FeatureVector window = windows.fire(key, panes, endMs);
      members.dropBefore(endMs - sizeMs);
      if (window != null) {
        rows.accept(members.row(window, endMs - sizeMs, endMs));
      }
      nextEndMs = windows.advance(key, panes, endMs);
    }
  }
}
