package io.tidewatch.jobs.sink.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.tdengine.QuotedName;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the database and super tables, by the SQL files of {@code schemas}. */
public final class TdengineTables {
  private static final String FOLDER = "/sql/tdengine/";

  private TdengineTables() {}

  /**
   * Makes what is missing, when the configuration lets it; nothing when it does not, but names are
   * looked at all the same. What is there is left as it is.
   *
   * @throws ConfigException when a super table has a name that TDengine does not hold, before
   *     anything runs; when the server cannot be reached or does not want to
   */
  public static void apply(TdengineConfig config, List<? extends SuperTable<?>> tables) {
    tables.forEach(table -> quoted("super table", table.name()));
    if (!config.migrate()) {
      return;
    }
    try (Connection connection =
            TdengineConnections.connect(config.url(), config.user(), config.password());
        Statement statement = connection.createStatement()) {
      for (SuperTable<?> table : tables) {
        for (String sql : statements(config.database(), table)) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw new ConfigException(
          "tdengine.url: must be of a taosAdapter where tables can be made, was '%s' (%s)"
              .formatted(config.url().replaceFirst("\\?.*", ""), e.getMessage()));
    }
  }

  private static List<String> statements(String database, SuperTable<?> table) {
    // in the file the names stand in quotes already
    String filled = table.ddl().replace("`${database}`", QuotedName.of("database", database));
    return Stream.of(filled.split(";", -1)).map(String::strip).filter(x -> !x.isEmpty()).toList();
  }

  /** The statements of a file, without its comments. */
  public static String ddl(String file) {
    try (InputStream in = TdengineTables.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(file + ": not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8).replaceAll("(?m)^--.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Columns of numbers, as they stand in a file.
   *
   * @param kind of the names, for the error
   * @throws ConfigException when TDengine does not hold one of them
   */
  public static String numbers(String kind, List<String> names) {
    return names.stream()
        .map(name -> quoted(kind, name) + " DOUBLE,")
        .collect(Collectors.joining("\n  "));
  }

  /** Names come from models: one that does not fit is a fault of a file, not of the code. */
  private static String quoted(String kind, String name) {
    try {
      return QuotedName.of(kind, name);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
