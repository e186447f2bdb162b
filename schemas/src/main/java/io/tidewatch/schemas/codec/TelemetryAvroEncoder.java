package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;

/** Telemetry as Avro of our own schema, {@code avro/device-telemetry.v1.avsc}. */
public final class TelemetryAvroEncoder implements MessageEncoder<DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  private final TelemetryModels models;
  private final int schemaId;

  /**
   * @param schemaId under which the readers find that schema
   */
  public TelemetryAvroEncoder(TelemetryModels models, int schemaId) {
    this.models = models;
    this.schemaId = schemaId;
  }

  /** The schema of its messages as JSON, for a registry or a file. */
  public static String schema() {
    return AvroBytes.schema("device-telemetry.v1.avsc");
  }

  /**
   * The canonical form: fields in the order of the model, tags by key; a missing value is left out.
   *
   * @throws IllegalArgumentException when the record is none: its model is unknown, it has another
   *     number of values than the model, or an infinite one
   */
  @Override
  public byte[] encode(DeviceTelemetry telemetry) {
    List<TelemetryField> fields = TelemetryCodec.fieldsOf(models, telemetry);
    return AvroBytes.of(
        schemaId,
        avro -> {
          avro.writeString(telemetry.model());
          avro.writeString(telemetry.deviceId());
          avro.writeLong(telemetry.eventTimeMs());
          writeValues(avro, fields, telemetry.values());
          AvroBytes.writeTexts(avro, telemetry.tags());
          AvroBytes.writeOptional(avro, telemetry.label());
        });
  }

  private static void writeValues(BinaryEncoder avro, List<TelemetryField> fields, double[] values)
      throws IOException {
    int present = 0;
    for (double value : values) {
      present += Double.isNaN(value) ? 0 : 1;
    }
    avro.writeMapStart();
    avro.setItemCount(present);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        String name = fields.get(i).name();
        avro.startItem();
        avro.writeString(name);
        AvroBytes.writeOptional(avro, JsonMessage.finite(values[i], name));
      }
    }
    avro.writeMapEnd();
  }
}
