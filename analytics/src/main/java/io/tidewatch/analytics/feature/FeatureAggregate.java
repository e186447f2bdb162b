package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.feature.registry.PointColumn;
import io.tidewatch.analytics.window.AccumulatorCodec;
import io.tidewatch.analytics.window.FoldedWindow;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.ResultCounter;
import io.tidewatch.analytics.window.SubtractingWindow;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The features of one device over the window of its model, functions of its records alone: the same
 * to the last bit in whatever order they came, however they were cut into panes, and after a
 * restart. See {@link FeaturePane} for the arithmetic and its error, {@link FeatureNames} for the
 * order.
 *
 * <p>A model whose features are all functions of sums and extremes, and that cleans nothing within
 * its windows, has windows of sums: their cost does not depend on the overlap. Another keeps the
 * points of its panes and gathers those of a window when it fires: its cost grows with the points
 * of all windows. A feature that both know is the same in both, bit for bit.
 *
 * <p>Not for use by several threads: the points of a window are gathered in arrays that all keys
 * share. Each subtask has an aggregate of its own.
 */
public final class FeatureAggregate
    implements WindowAggregate<DeviceKey, DeviceTelemetry, DevicePane, FeatureVector> {
  private static final long serialVersionUID = 1;

  /**
   * Readings a second of the device whose state is estimated where a window by time keeps its
   * points: as many as the simulated machines of the demo send. Nobody knows it beforehand.
   */
  private static final long ESTIMATED_PER_SECOND = 10;

  private static final double MS_PER_SECOND = 1000;

  private final TelemetryModels models;
  private final HashMap<String, FeatureList> lists = new HashMap<>();

  /** Asked for with each point, and for windows by points not at hand. */
  private final HashMap<String, WindowSpec> windows = new HashMap<>();

  /** The points of the window at hand, and the values of one of its fields; made when needed. */
  private transient @Nullable PointsPane gathered;

  private transient @Nullable PointColumn column;

  /**
   * @throws IllegalArgumentException when a model has more than {@link FeaturePane#MAX_FIELDS}, or
   *     names a feature that there is not
   */
  public FeatureAggregate(TelemetryModels models) {
    for (TelemetryModel model : models.all()) {
      if (model.fields().size() > FeaturePane.MAX_FIELDS) {
        throw new IllegalArgumentException(
            "fields: must be at most %d, was %d in model %s"
                .formatted(FeaturePane.MAX_FIELDS, model.fields().size(), model.name()));
      }
      lists.put(model.name(), FeatureList.of(model));
      windows.put(model.name(), model.window().panes());
    }
    this.models = models;
  }

  private FeatureList list(DeviceKey key) {
    return list(key.model());
  }

  private FeatureList list(String model) {
    return Objects.requireNonNull(lists.get(models.get(model).name()));
  }

  @Override
  public WindowSpec window(DeviceKey key) {
    return Objects.requireNonNull(windows.get(models.get(key.model()).name()));
  }

  @Override
  public DevicePane create(DeviceKey key) {
    int fields = models.get(key.model()).fields().size();
    return list(key).needsPoints() ? new PointsPane(fields) : new FeaturePane(fields);
  }

  @Override
  public void add(DevicePane pane, DeviceTelemetry record) {
    pane.add(record.eventTimeMs(), record.values());
  }

  @Override
  public void merge(DevicePane into, DevicePane from) {
    into.merge(from);
  }

  @Override
  public MovingWindow<DevicePane> moving(DeviceKey key) {
    int fields = models.get(key.model()).fields().size();
    if (list(key).needsPoints()) {
      return (panes, startMs, endMs) -> gather(panes, startMs, endMs, fields);
    }
    FoldedWindow<DevicePane, Extremes> extremes =
        new FoldedWindow<>(
            window(key).sizeMs(),
            () -> new Extremes(fields),
            (fold, pane) -> fold.merge(pane.summary().extremes()),
            Extremes::merge);
    return new SubtractingWindow<>(
        () -> create(key),
        DevicePane::merge,
        (sum, pane) -> sum.summary().subtract(pane.summary()),
        extremes,
        (sum, fold) -> sum.summary().extremes(fold));
  }

  /** All points of a window, in order; the same object each time. */
  private @Nullable DevicePane gather(
      Panes<DevicePane> panes, long startMs, long endMs, int fields) {
    if (gathered == null) {
      gathered = new PointsPane(fields);
    }
    gathered.clear(fields);
    for (int i = panes.firstFrom(startMs); i < panes.size() && panes.startMs(i) < endMs; i++) {
      DevicePane pane = panes.get(i);
      if (pane instanceof PointsPane points) {
        points.order(); // now, so that it is done once and not in each window
      }
      gathered.merge(pane);
    }
    gathered.order();
    return gathered.records() == 0 ? null : gathered;
  }

  @Override
  public FeatureVector result(DeviceKey key, long startMs, long endMs, DevicePane merged) {
    return new FeatureVector(
        key.model(),
        key.deviceId(),
        startMs,
        endMs,
        merged.records(),
        features(key, endMs, merged));
  }

  private double[] features(DeviceKey key, long endMs, DevicePane window) {
    FeatureList list = list(key);
    if (list.needsPoints() && window instanceof PointsPane points) {
      if (column == null) {
        column = new PointColumn();
      }
      return list.values(points.ordered(), column, endMs);
    }
    return list.values(window.summary(), endMs);
  }

  @Override
  public FeatureVector revised(FeatureVector result, int revision) {
    return result.revised(revision);
  }

  /**
   * Values in rows, so that a value counts once in each window it is in: put in place, and outliers
   * by what became of them.
   */
  @Override
  public List<ResultCounter<FeatureVector>> counters() {
    return List.of(
        new ResultCounter<>("imputed_total", row -> list(row.model()).imputed(row)),
        outliers("outliers_marked_total", OutlierAction.MARK),
        outliers("outliers_clipped_total", OutlierAction.CLIP),
        outliers("outliers_removed_total", OutlierAction.REMOVE));
  }

  private ResultCounter<FeatureVector> outliers(String name, OutlierAction action) {
    return new ResultCounter<>(name, row -> list(row.model()).outliers(row, action));
  }

  /**
   * Where a pane keeps its points: of windows by points, all there are in it; of windows by time,
   * those of a device that sends {@link #ESTIMATED_PER_SECOND}.
   */
  @Override
  public HeapBytes paneBytes(DeviceKey key) {
    int fields = models.get(key.model()).fields().size();
    return list(key).needsPoints()
        ? PointsPane.heapBytes(pointsOfPane(key), fields)
        : FeaturePane.heapBytes(fields);
  }

  private long pointsOfPane(DeviceKey key) {
    long slideMs = window(key).slideMs();
    return models.get(key.model()).window() instanceof PointWindowSpec
        ? slideMs
        : (long) Math.ceil(slideMs * ESTIMATED_PER_SECOND / MS_PER_SECOND);
  }

  /** Where panes keep their points, a window of them is gathered in arrays that all keys share. */
  @Override
  public HeapBytes movingBytes(DeviceKey key) {
    WindowSpec window = window(key);
    return list(key).needsPoints()
        ? HeapBytes.always(HeapBytes.ofObject(HeapBytes.REFERENCE + Integer.BYTES))
        : SubtractingWindow.heapBytes(
            window.sizeMs() / window.slideMs(),
            paneBytes(key),
            HeapBytes.always(Extremes.heapBytes(models.get(key.model()).fields().size())));
  }

  @Override
  public AccumulatorCodec<DevicePane> codec() {
    return new DevicePaneCodec();
  }
}
