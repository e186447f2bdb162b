package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.FoldedWindow;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.SubtractingWindow;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;

/**
 * The features of one device over the window of its model, functions of its records alone: the same
 * to the last bit in whatever order they came, however they were cut into panes, and after a
 * restart. See {@link FeaturePane} for the arithmetic and its error, {@link FeatureNames} for the
 * order.
 */
public final class FeatureAggregate
    implements WindowAggregate<DeviceKey, DeviceTelemetry, FeaturePane, FeatureVector> {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;

  /**
   * @throws IllegalArgumentException when a model has more than {@link FeaturePane#MAX_FIELDS}
   */
  public FeatureAggregate(TelemetryModels models) {
    for (TelemetryModel model : models.all()) {
      if (model.fields().size() > FeaturePane.MAX_FIELDS) {
        throw new IllegalArgumentException(
            "fields: must be at most %d, was %d in model %s"
                .formatted(FeaturePane.MAX_FIELDS, model.fields().size(), model.name()));
      }
    }
    this.models = models;
  }

  @Override
  public WindowSpec window(DeviceKey key) {
    return models.get(key.model()).window().panes();
  }

  @Override
  public FeaturePane create(DeviceKey key) {
    return new FeaturePane(models.get(key.model()).fields().size());
  }

  @Override
  public void add(FeaturePane pane, DeviceTelemetry record) {
    pane.add(record.values());
  }

  @Override
  public void merge(FeaturePane into, FeaturePane from) {
    into.merge(from);
  }

  @Override
  public MovingWindow<FeaturePane> moving(DeviceKey key) {
    int fields = models.get(key.model()).fields().size();
    FoldedWindow<FeaturePane, Extremes> extremes =
        new FoldedWindow<>(
            window(key).sizeMs(),
            () -> new Extremes(fields),
            (fold, pane) -> fold.merge(pane.extremes()),
            Extremes::merge);
    return new SubtractingWindow<>(
        () -> create(key),
        FeaturePane::merge,
        FeaturePane::subtract,
        extremes,
        FeaturePane::extremes);
  }

  @Override
  public FeatureVector result(DeviceKey key, long startMs, long endMs, FeaturePane merged) {
    return new FeatureVector(
        key.model(), key.deviceId(), startMs, endMs, merged.records(), merged.features());
  }

  @Override
  public FeatureVector revised(FeatureVector result, int revision) {
    return result.revised(revision);
  }

  @Override
  public HeapBytes paneBytes(DeviceKey key) {
    return FeaturePane.heapBytes(models.get(key.model()).fields().size());
  }

  @Override
  public HeapBytes movingBytes(DeviceKey key) {
    WindowSpec window = window(key);
    return SubtractingWindow.heapBytes(
        window.sizeMs() / window.slideMs(),
        paneBytes(key),
        HeapBytes.always(Extremes.heapBytes(models.get(key.model()).fields().size())));
  }

  @Override
  public AccumulatorCodec<FeaturePane> codec() {
    return new FeaturePaneCodec();
  }
}
