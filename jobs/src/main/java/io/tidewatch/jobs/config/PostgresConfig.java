package io.tidewatch.jobs.config;

import java.util.regex.Pattern;

/**
 * How to reach PostgreSQL or TimescaleDB.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}
 * @param user who writes; needs to own the tables when {@code migrate} is on
 * @param password may be empty where the server asks for none
 * @param migrate whether the job brings the tables up to date when it is submitted
 */
public record PostgresConfig(String url, String user, Secret password, boolean migrate) {

  /** {@code //user:password@host} or {@code ?password=}. */
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("^[^?]*@|[?&](ssl)?password=", Pattern.CASE_INSENSITIVE);

  public PostgresConfig {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "url: must begin with jdbc:postgresql:, was " + withoutCredentials(url));
    }
    if (WITH_PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException(
          "url: must not hold a password, which has a key of its own, but did");
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("user: must be given, was empty");
    }
  }

  /** What may be shown of a URL of any form: its scheme. */
  private static String withoutCredentials(String url) {
    int end = url.indexOf("://");
    return end < 0 ? "without scheme" : "'" + url.substring(0, end) + "://…'";
  }
}
