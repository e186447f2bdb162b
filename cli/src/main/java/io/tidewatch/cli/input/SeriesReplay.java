package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One number over time, {@code timestamp,value}: durations of requests, or readings of the model
 * {@code metric}, whose only field is {@code value}.
 */
final class SeriesReplay implements ReplayFormat {
  private static final String MODEL = "metric";

  private final CsvHeader header;
  private final String name;
  private final ReplayKind kind;

  private SeriesReplay(CsvHeader header, String name, ReplayKind kind) {
    this.header = header;
    this.name = name;
    this.kind = kind;
  }

  static SeriesReplay of(
      CsvHeader header, Path file, ReplayOptions options, TelemetryModels models) {
    String name = ReplayLine.stem(file);
    ReplayKind said = options.kind();
    ReplayKind kind =
        said != null
            ? said
            : name.toLowerCase(Locale.ROOT).contains("latency")
                ? ReplayKind.API_LATENCY
                : ReplayKind.TELEMETRY;
    if (kind == ReplayKind.TELEMETRY) {
      TelemetryModel model = models.find(MODEL);
      if (model == null || model.fields().size() != 1) {
        throw new ReplayException(
            "%s: needs the telemetry model '%s' with one field, known models are %s"
                .formatted(file, MODEL, models.names()));
      }
    }
    return new SeriesReplay(header, name, kind);
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public ReplayRecord read(ReplayLine line) {
    List<String> cells = header.cells(line);
    long timeMs = line.time("timestamp", cells.get(0));
    double value = line.number("value", cells.get(1));
    if (kind == ReplayKind.TELEMETRY) {
      return new ReplayRecord.Telemetry(
          new DeviceTelemetry(MODEL, name, timeMs, new double[] {value}, Map.of(), null));
    }
    if (!(value >= 0)) {
      throw line.refused("value", cells.get(1), "a duration in milliseconds, ≥ 0");
    }
    return new ReplayRecord.Latency(
        new ApiLatency("replay", "/" + name, "GET", 200, value, timeMs, null));
  }
}
