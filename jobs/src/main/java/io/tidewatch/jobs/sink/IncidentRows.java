package io.tidewatch.jobs.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.jobs.sink.jdbc.RowIdentity;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Alert events as rows of {@code alert_incidents}, one an episode. The value that made it fire
 * stays, whatever comes later; what is over stays so, also when older events of the episode come
 * again after a restart; {@code notes} belong to people and are never written.
 */
public final class IncidentRows {
  static final String UPSERT =
      """
      INSERT INTO alert_incidents (
        alert_id, fingerprint, rule, rule_version, status, severity, labels, expr, trigger_value,
        threshold, reason, suppressed_by, started_at, triggered_at, resolved_at, model_version,
        attribution, trace_ids)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
      ON CONFLICT (alert_id) DO UPDATE SET
        status = EXCLUDED.status,
        trigger_value = COALESCE(alert_incidents.trigger_value, EXCLUDED.trigger_value),
        reason = EXCLUDED.reason,
        suppressed_by = COALESCE(EXCLUDED.suppressed_by, alert_incidents.suppressed_by),
        resolved_at = EXCLUDED.resolved_at,
        model_version = COALESCE(alert_incidents.model_version, EXCLUDED.model_version),
        attribution = CASE WHEN alert_incidents.attribution = '{}'::jsonb
          THEN EXCLUDED.attribution ELSE alert_incidents.attribution END,
        trace_ids = CASE WHEN alert_incidents.trace_ids = '[]'::jsonb
          THEN EXCLUDED.trace_ids ELSE alert_incidents.trace_ids END,
        written_at = now()
      WHERE alert_incidents.status <> 'resolved' OR EXCLUDED.status = 'resolved'
      """;

  private IncidentRows() {}

  public static Sink<AlertEvent> sink(RowTarget target) {
    return Upsert.addingSink(target, UPSERT, IncidentRows::bind, new Identity());
  }

  /** An event, of which an episode has several. */
  private static final class Identity implements RowIdentity<AlertEvent> {
    private static final long serialVersionUID = 1;

    @Override
    public Object key(AlertEvent row) {
      return row.eventId();
    }

    @Override
    public boolean replaces(AlertEvent later, AlertEvent held) {
      return true;
    }

    @Override
    public long eventTimeMs(AlertEvent row) {
      Long resolvedAtMs = row.resolvedAtMs();
      return resolvedAtMs == null ? row.firedAtMs() : resolvedAtMs;
    }
  }

  static void bind(PreparedStatement row, AlertEvent event) throws SQLException {
    boolean over = event.status() == AlertStatus.RESOLVED;
    Long resolvedAtMs = event.resolvedAtMs();
    int i = 1;
    row.setString(i++, event.alertId());
    row.setString(i++, event.fingerprint());
    row.setString(i++, event.rule());
    row.setString(i++, event.ruleVersion());
    row.setString(i++, IncidentStatus.of(event.status()).word());
    row.setString(i++, event.labels().get("severity"));
    row.setString(i++, JsonColumn.of(json -> writeTexts(json, event.labels())));
    row.setString(i++, event.expr());
    number(row, i++, over ? null : event.value()); // what ended it did not trigger it
    number(row, i++, event.threshold());
    row.setString(i++, event.reason());
    row.setString(i++, event.suppressedBy());
    row.setObject(i++, Upsert.timestamp(event.startedAtMs()));
    row.setObject(i++, Upsert.timestamp(event.firedAtMs()));
    row.setObject(i++, resolvedAtMs == null ? null : Upsert.timestamp(resolvedAtMs));
    row.setString(i++, event.modelVersion());
    row.setString(i++, JsonColumn.ofNumbers(event.attribution()));
    row.setString(i, JsonColumn.of(json -> writeTraces(json, event)));
  }

  private static void number(PreparedStatement row, int place, @Nullable Double value)
      throws SQLException {
    Upsert.number(row, place, value == null || value.isInfinite() ? Double.NaN : value);
  }

  private static void writeTexts(JsonGenerator json, Map<String, String> texts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void writeTraces(JsonGenerator json, AlertEvent event) throws IOException {
    json.writeStartArray();
    for (String traceId : event.traceIds()) {
      json.writeString(traceId);
    }
    json.writeEndArray();
  }
}
