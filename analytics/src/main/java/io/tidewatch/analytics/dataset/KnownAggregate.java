package io.tidewatch.analytics.dataset;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.ResultCounter;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import java.util.List;

/** The features of the live job, of stored readings. */
public final class KnownAggregate
    implements WindowAggregate<DeviceKey, KnownTelemetry, DevicePane, FeatureVector> {
  private static final long serialVersionUID = 1;

  private final FeatureAggregate live;

  public KnownAggregate(TelemetryModels models) {
    this.live = new FeatureAggregate(models);
  }

  @Override
  public WindowSpec window(DeviceKey key) {
    return live.window(key);
  }

  @Override
  public DevicePane create(DeviceKey key) {
    return live.create(key);
  }

  @Override
  public void add(DevicePane pane, KnownTelemetry known) {
    live.add(pane, known.record());
  }

  @Override
  public void merge(DevicePane into, DevicePane from) {
    live.merge(into, from);
  }

  @Override
  public MovingWindow<DevicePane> moving(DeviceKey key) {
    return live.moving(key);
  }

  @Override
  public FeatureVector result(DeviceKey key, long startMs, long endMs, DevicePane merged) {
    return live.result(key, startMs, endMs, merged);
  }

  @Override
  public List<ResultCounter<FeatureVector>> counters() {
    return live.counters();
  }

  @Override
  public HeapBytes paneBytes(DeviceKey key) {
    return live.paneBytes(key);
  }

  @Override
  public HeapBytes movingBytes(DeviceKey key) {
    return live.movingBytes(key);
  }

  @Override
  public AccumulatorCodec<DevicePane> codec() {
    return live.codec();
  }
}
