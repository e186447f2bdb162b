package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.PostgresConfig;
import org.flywaydb.core.Flyway;

/** Brings the tables up to date with the SQL files of {@code schemas}. */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing, when the configuration lets it. When it does not, the database need
   * not be there yet; if it is, it must let the job in.
   *
   * @throws io.tidewatch.jobs.config.ConfigException when the database cannot be reached as the
   *     configuration says
   */
  public static void apply(PostgresConfig config) {
    if (!config.migrate()) {
      PostgresAccess.requireUnlessAway(config);
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
