package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.derived.AlertPhase;
import io.tidewatch.schemas.derived.AlertSnapshot;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The present state of an alert as JSON, {@code json/alert-state.v1.schema.json}: all fields in the
 * order of the schema, labels by name. An alert of which nothing is to be told any more has no
 * bytes: a tombstone.
 */
public final class AlertSnapshotEncoder implements Serializable {
  private static final long serialVersionUID = 1;

  /** The value of the message; null for a tombstone. */
  public byte @Nullable [] encode(AlertSnapshot snapshot) {
    AlertPhase phase = snapshot.phase();
    return phase == null ? null : JsonMessage.encode(json -> write(json, snapshot, phase));
  }

  private static void write(JsonGenerator json, AlertSnapshot snapshot, AlertPhase phase)
      throws IOException {
    json.writeStringField("fingerprint", snapshot.fingerprint());
    json.writeStringField("rule", snapshot.rule());
    json.writeStringField("rule_version", snapshot.ruleVersion());
    json.writeStringField("state", JsonMessage.code(phase));
    JsonMessage.writeTexts(json, "labels", snapshot.labels());
    Double value = snapshot.value();
    if (value == null || !Double.isFinite(value)) {
      json.writeNullField("value");
    } else {
      json.writeNumberField("value", value);
    }
    json.writeNumberField("started_at_ms", snapshot.startedAtMs());
    json.writeNumberField("changed_at_ms", snapshot.changedAtMs());
  }
}
