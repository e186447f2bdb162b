package io.tidewatch.benchmarks.variant;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import java.io.Serializable;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Devices of one model with six fields, one device a key. */
final class Devices implements Serializable {
  static final int FIELDS = 6;

  private static final long serialVersionUID = 1;
  private static final String MODEL = "bench";

  private final String[] names;

  Devices(int keys) {
    names = new String[keys];
    for (int key = 0; key < keys; key++) {
      names[key] = "device-" + key;
    }
  }

  /** Their model, of the default features and without cleaning. */
  static TelemetryModels models(ModelWindow window) {
    return models(window, Cleaning.NONE, TelemetryModel.DEFAULT_FEATURES);
  }

  /**
   * Their model.
   *
   * @param cleaning of each field
   */
  static TelemetryModels models(ModelWindow window, Cleaning cleaning, List<String> features) {
    List<TelemetryField> fields =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> new TelemetryField("f" + i, "1", 0, Double.POSITIVE_INFINITY))
            .toList();
    return TelemetryModels.of(
        List.of(
            new TelemetryModel(
                MODEL,
                "benchmark",
                fields,
                UnknownFields.REJECT,
                OutOfRange.MISSING,
                window,
                Collections.nCopies(FIELDS, cleaning),
                features,
                ZoneOffset.UTC)));
  }

  /** A record of that device. */
  DeviceTelemetry reading(int key, long timeMs, double[] values) {
    return new DeviceTelemetry(MODEL, names[key], timeMs, values, Map.of(), null);
  }
}
