package io.tidewatch.jobs.sink.tdengine;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real server: {@code TIDEWATCH_TDENGINE_URL}, {@code jdbc:TAOS-WS://host:6041/}, with {@code
 * TIDEWATCH_TDENGINE_USER} and {@code TIDEWATCH_TDENGINE_PASSWORD}, those of a new server if they
 * are not given. The database {@code tidewatch_test} is made and dropped.
 */
@EnabledIfEnvironmentVariable(named = "TIDEWATCH_TDENGINE_URL", matches = "jdbc:TAOS-WS://.+")
class ReadingsOnTdengineITCase extends ReadingsContract {

  @Override
  String url() {
    return System.getenv("TIDEWATCH_TDENGINE_URL");
  }

  @Override
  String user() {
    return System.getenv().getOrDefault("TIDEWATCH_TDENGINE_USER", "root");
  }

  @Override
  String password() {
    return System.getenv().getOrDefault("TIDEWATCH_TDENGINE_PASSWORD", "taosdata");
  }
}
