package io.tidewatch.jobs;

import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.SinkConfig;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.testkit.SinkContract;
import io.tidewatch.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;

/** Configuration of a database of a test. */
final class TestPostgres {
  private TestPostgres() {}

  static PostgresConfig config(TestDatabase database, boolean migrate) {
    return config(database.jdbcUrl(), database.user(), migrate);
  }

  static PostgresConfig config(String jdbcUrl, String user, boolean migrate) {
    return new PostgresConfig(jdbcUrl, user, new Secret(""), migrate);
  }

  static RowTarget target(SinkContract.Place place) {
    return new RowTarget(
        config(place.jdbcUrl(), place.user(), true),
        new SinkConfig(500, Duration.ofMillis(100), Duration.ofMinutes(1), place.refusedTopic()),
        new KafkaConfig(place.bootstrapServers(), Map.of()));
  }
}
