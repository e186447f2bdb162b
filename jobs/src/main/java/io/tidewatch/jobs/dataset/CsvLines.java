package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.reject.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A header, then one reading of a model a line. Not for use by several threads. */
final class CsvLines implements StoredLines {
  private static final long serialVersionUID = 1;

  private final TelemetryModel model;
  private final SourceConfig.Columns columns;
  private transient @Nullable StoredColumns header;

  CsvLines(TelemetryModel model, SourceConfig.Columns columns) {
    this.model = model;
    this.columns = columns;
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public void begin(byte[] line) {
    header = StoredColumns.of(new String(line, StandardCharsets.UTF_8), columns, model);
  }

  @Override
  public Decoded<KnownTelemetry> decode(byte[] line) {
    StoredColumns places = header;
    if (places == null) {
      throw new IllegalStateException("header: must be read first, was not");
    }
    String[] cells = StoredColumns.cells(new String(line, StandardCharsets.UTF_8));
    if (cells.length != places.count()) {
      return new Decoded.Refused<>(
          RejectReason.MISSING_FIELD,
          "line: must have as many cells as the header (%d), had %d"
              .formatted(places.count(), cells.length));
    }
    try {
      return new Decoded.Ok<>(read(cells, places));
    } catch (StoredCells.Unreadable e) {
      return new Decoded.Refused<>(e.reason, e.detail);
    }
  }

  private KnownTelemetry read(String[] cells, StoredColumns places) throws StoredCells.Unreadable {
    double[] values = new double[places.fields().length];
    for (int i = 0; i < values.length; i++) {
      String field = model.fields().get(i).name();
      values[i] = StoredCells.number(columns.of(field), cells[places.fields()[i]]);
    }
    String device = places.device() < 0 ? columns.onlyDevice() : cells[places.device()];
    String label = places.label() < 0 ? "" : cells[places.label()];
    return new KnownTelemetry(
        new DeviceTelemetry(
            model.name(),
            StoredCells.name(columns.device(), device),
            StoredCells.timeMs(columns.time(), cells[places.time()]),
            values,
            Map.of(),
            label.isEmpty() ? null : StoredCells.name(columns.label(), label)),
        places.known() < 0
            ? KnownTelemetry.UNKNOWN
            : StoredCells.timeMs(columns.known(), cells[places.known()]));
  }
}
