package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.PostgresConfig;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * Writes rows by their natural key, at least once: a row written again after a restart replaces
 * itself.
 *
 * <p>A correction is not replaced by what was told before it: the statement leaves a row alone that
 * has a higher revision and as many records. A lower revision of more records does replace it: what
 * was late in one run may be in time when the partitions are read again after a restart, and then
 * the window is told whole at once. The rows of a batch are statements of their own, in the order
 * in which they were told, so two revisions of one row may stand in it.
 */
final class Upsert {
  private Upsert() {}

  static <T> Sink<T> sink(PostgresConfig config, String sql, JdbcStatementBuilder<T> binder) {
    JdbcConnectionProvider connections =
        new SimpleJdbcConnectionProvider(
            new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(config.url())
                .withDriverName("org.postgresql.Driver")
                .withUsername(config.user())
                .withPassword(config.password().reveal())
                .build());
    Sink<T> sink =
        JdbcSink.<T>builder()
            .withQueryStatement(sql, binder)
            .withExecutionOptions(
                JdbcExecutionOptions.builder()
                    .withBatchSize(config.flushRows())
                    .withBatchIntervalMs(config.flushInterval().toMillis())
                    .withMaxRetries(config.maxRetries())
                    .build())
            .buildAtLeastOnce(connections);
    return new CalmClose<>(sink, connections);
  }

  /** The moment as {@code timestamptz} takes it, whatever the zone of this process. */
  static OffsetDateTime timestamp(long epochMs) {
    return Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC);
  }
}
