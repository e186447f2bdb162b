package io.tidewatch.jobs.config;

/**
 * How to reach TDengine.
 *
 * @param url JDBC URL of its taosAdapter, {@code jdbc:TAOS-WS://host:port/}, without a database
 * @param password may not be empty: TDengine has no user without one
 * @param database that holds the super tables
 * @param migrate whether the job makes the database and the super tables when it is submitted
 */
public record TdengineConfig(
    String url, String user, Secret password, String database, boolean migrate) {

  public TdengineConfig {
    if (!url.matches("jdbc:TAOS-WS://[^/?@]+/?(\\?.*)?") || url.contains("password=")) {
      throw new IllegalArgumentException(
          "url: must be jdbc:TAOS-WS://HOST:PORT/ without a database and a password, was '%s'"
              .formatted(url.replaceFirst("[?@].*|//.*@.*", "…")));
    }
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
      throw new IllegalArgumentException(
          "database: must be a name of letters, digits and _, at most 64, was '%s'"
              .formatted(database));
    }
  }
}
