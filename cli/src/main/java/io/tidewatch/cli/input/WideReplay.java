package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One column a field of a telemetry model, in any order, and optionally {@code timestamp}, {@code
 * device_id} and {@code label}. Without timestamps, records are one {@code step} apart; without a
 * device, the device is the name of the file.
 */
final class WideReplay implements ReplayFormat {
  private final CsvHeader header;
  private final TelemetryModel model;
  private final String fileDevice;
  private final long stepMs;

  /** Column of each field, in the order of the model. */
  private final int[] fieldColumns;

  private final int timestampColumn;
  private final int deviceColumn;
  private final int labelColumn;
  private long records;

  private WideReplay(CsvHeader header, TelemetryModel model, String fileDevice, long stepMs) {
    this.header = header;
    this.model = model;
    this.fileDevice = fileDevice;
    this.stepMs = stepMs;
    this.fieldColumns =
        model.fields().stream().mapToInt(field -> header.columns().indexOf(field.name())).toArray();
    this.timestampColumn = header.columns().indexOf(CsvHeader.TIMESTAMP);
    this.deviceColumn = header.columns().indexOf(CsvHeader.DEVICE_ID);
    this.labelColumn = header.columns().indexOf(CsvHeader.LABEL);
  }

  static WideReplay of(
      CsvHeader header, ReplayLine line, ReplayOptions options, TelemetryModels models) {
    if (options.kind() == ReplayKind.API_LATENCY) {
      throw line.refused("1", line.text(), "the header timestamp,value of a file of requests");
    }
    Set<String> fields = new HashSet<>(header.fields());
    List<TelemetryModel> matching =
        models.all().stream().filter(model -> fields.equals(new HashSet<>(names(model)))).toList();
    if (matching.size() != 1) {
      throw line.refused(
          "1",
          line.text(),
          "a header with the fields of one of the models %s, %d match"
              .formatted(models.names(), matching.size()));
    }
    return new WideReplay(
        header, matching.get(0), ReplayLine.stem(line.file()), options.step().toMillis());
  }

  private static List<String> names(TelemetryModel model) {
    return model.fields().stream().map(TelemetryField::name).toList();
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public ReplayRecord read(ReplayLine line) {
    List<String> cells = header.cells(line);
    double[] values = new double[fieldColumns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = line.number(model.fields().get(i).name(), cells.get(fieldColumns[i]));
    }
    long timeMs =
        timestampColumn < 0
            ? records * stepMs
            : line.time(CsvHeader.TIMESTAMP, cells.get(timestampColumn));
    records++;
    return new ReplayRecord.Telemetry(
        new DeviceTelemetry(
            model.name(), device(line, cells), timeMs, values, Map.of(), label(cells)));
  }

  private String device(ReplayLine line, List<String> cells) {
    if (deviceColumn < 0) {
      return fileDevice;
    }
    String device = cells.get(deviceColumn);
    if (device.isEmpty()) {
      throw line.refused(CsvHeader.DEVICE_ID, device, "the id of a device");
    }
    return device;
  }

  private @Nullable String label(List<String> cells) {
    return labelColumn < 0 || cells.get(labelColumn).isEmpty() ? null : cells.get(labelColumn);
  }
}
