package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.reject.RefusedRow;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refused rows as JSON, {@code json/refused-row.v1.schema.json}. There is no row it cannot write:
 * numbers that JSON does not have are told as text, an unpaired surrogate as a question mark.
 */
public final class RefusedRowEncoder implements MessageEncoder<RefusedRow> {
  private static final long serialVersionUID = 1;

  @Override
  public byte[] encode(RefusedRow refused) {
    return JsonMessage.encode(json -> write(json, refused));
  }

  private static void write(JsonGenerator json, RefusedRow refused) throws IOException {
    json.writeStringField("database", refused.database());
    json.writeStringField("table", refused.table());
    json.writeStringField("code", refused.code());
    json.writeStringField("reason", unicode(refused.reason()));
    json.writeObjectFieldStart("row");
    for (Map.Entry<String, @Nullable Object> cell : refused.row().entrySet()) {
      json.writeFieldName(cell.getKey());
      value(json, cell.getValue());
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else {
      json.writeString(unicode(value.toString()));
    }
  }

  private static String unicode(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
