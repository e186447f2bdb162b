package io.tidewatch.cli.demo;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Looks at the topics and tables as a user would, not at what the jobs say of themselves. */
final class Observer implements AutoCloseable {
  /** Each record is in exactly one of the windows that tile time. */
  private static final String TILE =
      "(extract(epoch FROM window_end) * 1000)::bigint % window_ms = 0";

  private final EmbeddedStack stack;
  private final DemoJobs jobs;
  private final Connection database;
  private final KafkaConsumer<byte[], byte[]> alertsTopic;
  private final AlertEventCodec alertCodec = new AlertEventCodec();
  private final List<AlertEvent> alerts = new ArrayList<>();

  Observer(EmbeddedStack stack, DemoJobs jobs) throws SQLException {
    this.stack = stack;
    this.jobs = jobs;
    this.database = stack.database().connection();
    this.alertsTopic =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafka().bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    alertsTopic.assign(List.of(new TopicPartition(DemoTopics.ALERTS, 0)));
  }

  /** How many of the two windowed tables have a row. */
  long tablesWithRows() throws SQLException {
    return number(
        "SELECT (EXISTS (SELECT FROM api_latency_windows))::int"
            + " + (EXISTS (SELECT FROM device_features))::int");
  }

  Observation observe() throws SQLException {
    readAlerts(Duration.ofMillis(20));
    return new Observation(
        stream(DemoTopics.TELEMETRY, "device_features", "records"),
        stream(DemoTopics.LATENCY, "api_latency_windows", "count"),
        jobs.windows(),
        busiest(),
        scores(),
        List.copyOf(alerts),
        jobs.restarts());
  }

  /** The same when the jobs have stopped: every alert event is waited for. */
  Observation observeEnd() throws SQLException {
    while (alerts.size() < stack.kafka().endOffsets(DemoTopics.ALERTS)) {
      readAlerts(Duration.ofMillis(200));
    }
    return observe();
  }

  private void readAlerts(Duration patience) {
    alertsTopic
        .poll(patience)
        .forEach(
            message -> {
              Decoded<AlertEvent> decoded = alertCodec.decode(message.value());
              if (decoded instanceof Decoded.Ok<AlertEvent> event) {
                alerts.add(event.value());
              } else {
                throw new IllegalStateException("not an alert event: " + decoded);
              }
            });
  }

  private Observation.Stream stream(String topic, String table, String records)
      throws SQLException {
    return new Observation.Stream(
        stack.kafka().endOffsets(topic),
        stack.kafka().endOffsets(DemoTopics.rejected(topic)),
        stack.kafka().endOffsets(DemoTopics.late(topic)),
        number("SELECT count(*) FROM " + table),
        number("SELECT coalesce(sum(" + records + "), 0) FROM " + table + " WHERE " + TILE));
  }

  private Observation.@Nullable Busiest busiest() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT method || ' ' || endpoint, rate_per_second, error_rate, p50_ms, p95_ms,"
                    + " p99_ms FROM api_latency_windows WHERE window_end ="
                    + " (SELECT max(window_end) FROM api_latency_windows)"
                    + " ORDER BY count DESC LIMIT 1")) {
      return row.next()
          ? new Observation.Busiest(
              row.getString(1),
              row.getDouble(2),
              row.getDouble(3),
              row.getDouble(4),
              row.getDouble(5),
              row.getDouble(6))
          : null;
    }
  }

  private Observation.Scores scores() throws SQLException {
    return new Observation.Scores(
        stack.kafka().endOffsets(DemoTopics.FEATURES),
        number("SELECT count(*) FROM anomaly_scores WHERE metric = '_row'"),
        number("SELECT count(*) FROM anomaly_scores WHERE metric <> '_row'"),
        number("SELECT count(score) FROM anomaly_scores"),
        number("SELECT count(*) FROM anomaly_scores WHERE is_anomaly"),
        latestScore());
  }

  private Observation.@Nullable Latest latestScore() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT entity, metric, score, threshold, is_anomaly, severity,"
                    + " coalesce((SELECT key FROM jsonb_each_text(attribution)"
                    + " ORDER BY value::double precision DESC LIMIT 1), '')"
                    + " FROM anomaly_scores WHERE score IS NOT NULL"
                    + " ORDER BY is_anomaly DESC, window_end DESC, score DESC LIMIT 1")) {
      return row.next()
          ? new Observation.Latest(
              row.getString(1),
              row.getString(2),
              row.getDouble(3),
              row.getDouble(4),
              row.getBoolean(5),
              row.getString(6),
              row.getString(7))
          : null;
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    alertsTopic.close();
    database.close();
  }
}
