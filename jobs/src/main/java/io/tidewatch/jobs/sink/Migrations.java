package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.PostgresConfig;
import org.flywaydb.core.Flyway;

/** Brings the tables up to date with the SQL files of {@code schemas}. */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing, when the configuration lets it; nothing when it does not.
   *
   * @throws io.tidewatch.jobs.config.ConfigException when the database cannot be reached
   */
  public static void apply(PostgresConfig config) {
    if (!config.migrate()) {
      return;
    }
    PostgresAccess.require(config);
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(config.url(), config.user(), config.password().reveal())
        .locations("classpath:sql/timescale")
        .table("tidewatch_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("000")
        .load()
        .migrate();
  }
}
