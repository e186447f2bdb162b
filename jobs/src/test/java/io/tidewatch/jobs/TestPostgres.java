package io.tidewatch.jobs;

import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.Secret;
import java.time.Duration;

/** Configuration of a database of the embedded server. */
final class TestPostgres {
  private TestPostgres() {}

  static PostgresConfig config(String jdbcUrl, String user, boolean migrate) {
    return new PostgresConfig(
        jdbcUrl, user, new Secret(""), migrate, 500, Duration.ofMillis(100), 0);
  }
}
