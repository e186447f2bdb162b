package io.tidewatch.jobs.bootstrap;

import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which windows a model is trained from.
 *
 * @param names of all features of the model, in the order of its vectors
 * @param device null for those of all devices
 * @param from windows that begin then or later; null for no limit
 * @param to windows that end then or before; null for no limit
 */
record WantedWindows(
    TelemetryModel model,
    List<String> names,
    @Nullable String device,
    @Nullable Instant from,
    @Nullable Instant to) {

  static WantedWindows of(
      TelemetryModel model,
      List<String> names,
      String modelKey,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new WantedWindows(model, names, ModelScope.device(modelKey), from, to);
  }

  /** The length of the windows in milliseconds; null where they count points. */
  @Nullable Long lengthMs() {
    return model.window() instanceof WindowSpec window ? window.sizeMs() : null;
  }

  /** Whether a window is wanted, whatever its length. */
  boolean holds(FeatureVector window) {
    return window.model().equals(model.name())
        && (device == null || device.equals(window.deviceId()))
        && (from == null || window.windowStartMs() >= from.toEpochMilli())
        && (to == null || window.windowEndMs() <= to.toEpochMilli());
  }

  /** In words, for errors. */
  @Override
  public String toString() {
    return "windows of the model %s%s%s%s"
        .formatted(
            model.name(),
            device == null ? "" : ", device " + device,
            from == null ? "" : ", from " + from,
            to == null ? "" : ", to " + to);
  }
}
