package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.codec.ReaderField.Shape;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry as Avro, {@code avro/device-telemetry.v1.avsc}, in the frame that {@link AvroMessage}
 * describes. Writers may have other schemas, as far as Avro resolves them: fields in another order
 * and further fields, which are skipped; no {@code tags} and no {@code label}; {@code float} for
 * {@code double}, and so on. The rules of each field are those of {@link TelemetryCodec}; null for
 * a required field is refused as missing, {@code NaN} in {@code fields} as out of range.
 *
 * <p>Not for several threads.
 */
public final class TelemetryAvroDecoder implements MessageDecoder<DeviceTelemetry> {
  private static final long serialVersionUID = 1;

  private static final int MODEL = 0;
  private static final int DEVICE_ID = 1;
  private static final int EVENT_TIME_MS = 2;
  private static final int VALUES = 3;
  private static final int TAGS = 4;
  private static final int LABEL = 5;

  private static final List<ReaderField> FIELDS =
      List.of(
          ReaderField.required("model", Shape.TEXT),
          ReaderField.required("device_id", Shape.TEXT),
          ReaderField.requiredTimeMs("event_time_ms"),
          ReaderField.required("fields", Shape.MAP_OF_OPTIONAL_DOUBLES),
          ReaderField.optional("tags", Shape.MAP_OF_TEXTS),
          ReaderField.optional("label", Shape.OPTIONAL_TEXT));

  private final TelemetryModels models;
  private final Map<String, AvroFieldValues> valuesOf = new HashMap<>();
  private final AvroMessage message;

  /**
   * @param schemas what the messages were written with
   * @param maxBytes greatest size of a message in bytes, at least 1
   */
  public TelemetryAvroDecoder(WriterSchemas schemas, TelemetryModels models, int maxBytes) {
    this.models = models;
    this.message = new AvroMessage(schemas, maxBytes, () -> FIELDS);
    for (TelemetryModel model : models.all()) {
      valuesOf.put(model.name(), AvroFieldValues.ofFields(model));
    }
  }

  /**
   * @throws IllegalArgumentException when no message of that schema could be read
   */
  public static void requireReadable(String schema) {
    AvroMessage.requireReadable(schema, FIELDS);
  }

  @Override
  public Decoded<DeviceTelemetry> decode(byte @Nullable [] bytes) {
    return message.decode(bytes, this::read);
  }

  private DeviceTelemetry read(AvroCursor in, WriterRecord writer) throws Refusal {
    // The required ones are fields of each schema that is read.
    String model = null;
    String deviceId = "";
    long eventTimeMs = 0;
    double[] values = null;
    Map<String, String> tags = Map.of();
    String label = null;
    int valuesAt = 0;
    WriterType valuesType = null;
    for (WriterRecord.Field field : writer.fields()) {
      WriterType type = field.type();
      switch (field.index()) {
        case MODEL -> {
          String name = AvroValues.repeatedText(in, type, "model", TelemetryCodec.NAME);
          model = TelemetryCodec.known(models, name).name();
        }
        case DEVICE_ID ->
            deviceId = AvroValues.repeatedText(in, type, "device_id", TelemetryCodec.NAME);
        case EVENT_TIME_MS ->
            eventTimeMs =
                AvroValues.integer(in, type, "event_time_ms", Long.MIN_VALUE, Long.MAX_VALUE);
        case VALUES -> {
          if (model == null) {
            valuesAt = in.position();
            valuesType = type;
            in.skip(type);
          } else {
            values = values(in, type, model);
          }
        }
        case TAGS ->
            tags = AvroValues.texts(in, type, "tags", TelemetryCodec.NAME, TelemetryCodec.MAX_TAGS);
        case LABEL -> label = AvroValues.optionalText(in, type, "label", TelemetryCodec.NAME);
        default -> in.skip(type);
      }
    }
    String known = Objects.requireNonNull(model);
    if (valuesType != null) {
      // They stood before the model: read now, in place of a copy of all of them.
      int end = in.position();
      in.moveTo(valuesAt);
      values = values(in, valuesType, known);
      in.moveTo(end);
    }
    return new DeviceTelemetry(
        known, deviceId, eventTimeMs, Objects.requireNonNull(values), tags, label);
  }

  private double[] values(AvroCursor in, WriterType type, String model) throws Refusal {
    return Objects.requireNonNull(valuesOf.get(model)).read(in, type);
  }
}
