package io.tidewatch.jobs.sink.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.TdengineConfig;
import io.tidewatch.jobs.tdengine.QuotedName;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the database and the super tables of the models, by the SQL file of {@code schemas}. */
public final class TdengineTables {
  private static final String FILE = "/sql/tdengine/V001__telemetry.sql";

  private TdengineTables() {}

  /**
   * Makes what is missing, when the configuration lets it; nothing when it does not. What is there
   * is left as it is.
   *
   * @throws ConfigException when the server cannot be reached or does not want to
   */
  public static void apply(TdengineConfig config, TelemetryModels models) {
    if (!config.migrate()) {
      return;
    }
    try (Connection connection =
            TdengineConnections.connect(config.url(), config.user(), config.password());
        Statement statement = connection.createStatement()) {
      for (TelemetryModel model : models.all()) {
        for (String sql : statements(config.database(), model)) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw new ConfigException(
          "tdengine.url: must be of a taosAdapter where tables can be made, was '%s' (%s)"
              .formatted(config.url().replaceFirst("\\?.*", ""), e.getMessage()));
    }
  }

  static List<String> statements(String database, TelemetryModel model) {
    // in the file the names stand in quotes already
    String filled =
        text()
            .replaceAll("(?m)^--.*$", "")
            .replace("`${database}`", QuotedName.of("database", database))
            .replace("`${model}`", QuotedName.of("model", model.name()))
            .replace(
                "${fields}",
                model.fields().stream()
                    .map(field -> QuotedName.of("field", field.name()) + " DOUBLE,")
                    .collect(Collectors.joining("\n  ")));
    return Stream.of(filled.split(";", -1)).map(String::strip).filter(x -> !x.isEmpty()).toList();
  }

  private static String text() {
    try (InputStream in = TdengineTables.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + ": not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
