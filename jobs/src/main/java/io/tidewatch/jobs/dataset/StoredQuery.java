package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** The rows of a query, read by one subtask in one transaction. */
final class StoredQuery implements StoredTelemetry {
  private final SourceConfig.Postgres config;
  private final TelemetryModel model;

  private StoredQuery(SourceConfig.Postgres config, TelemetryModel model) {
    this.config = config;
    this.model = model;
  }

  /**
   * Looks at the configuration only.
   *
   * @throws IllegalArgumentException naming key, rule and value
   */
  static void check(SourceConfig.Postgres config, TelemetryModel model) {
    if (config.query().isBlank()) {
      throw new IllegalArgumentException("postgres.query: must be given, was empty");
    }
    StoredColumns.requireFields("postgres.", config.columns(), model);
  }

  /**
   * @throws ConfigException when the database cannot be reached, or the query has other columns
   */
  static StoredQuery of(Path file, SourceConfig.Postgres config, TelemetryModel model) {
    String key = file + ": source.postgres.";
    try (Connection connection = connect(config)) {
      try (Statement statement = connection.createStatement();
          ResultSet none =
              statement.executeQuery("SELECT * FROM (" + config.query() + "\n) AS q LIMIT 0")) {
        new QueryColumns(model, config.columns(), none.getMetaData());
      } catch (SQLException e) {
        throw new ConfigException(
            "%squery: must be one SELECT that runs, was '%s' (%s)"
                .formatted(key, config.query(), e.getMessage()));
      }
    } catch (SQLException e) {
      throw new ConfigException(
          "%surl: must be of a database that can be reached, was '%s' (%s)"
              .formatted(key, config.address(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key + e.getMessage());
    }
    return new StoredQuery(config, model);
  }

  private static Connection connect(SourceConfig.Postgres config) throws SQLException {
    return DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
  }

  @Override
  public DataStream<Inbound<KnownTelemetry>> read(StreamExecutionEnvironment env) {
    return env.fromData(Types.STRING, config.query())
        .uid(DatasetUids.SOURCE)
        .name(DatasetUids.SOURCE)
        .flatMap(new ReadQueryFunction(config, model), Inbound.typeInfo(KnownTelemetry.class))
        .uid(DatasetUids.READ)
        .name(DatasetUids.READ);
  }

  @Override
  public List<DatasetSource> pieces() {
    return List.of(new DatasetSource.Query(config.address(), config.query()));
  }

  private record ReadQueryFunction(SourceConfig.Postgres config, TelemetryModel model)
      implements FlatMapFunction<String, Inbound<KnownTelemetry>> {

    @Override
    public void flatMap(String query, Collector<Inbound<KnownTelemetry>> out) throws SQLException {
      try (Connection connection = connect(config)) {
        connection.setReadOnly(true);
        connection.setAutoCommit(false); // or the driver takes all rows at once
        try (Statement statement = connection.createStatement()) {
          statement.setFetchSize(config.fetchRows());
          try (ResultSet rows = statement.executeQuery(query)) {
            QueryColumns columns = new QueryColumns(model, config.columns(), rows.getMetaData());
            while (rows.next()) {
              out.collect(Inbound.of(columns.read(rows)));
            }
          }
        }
        connection.rollback();
      }
    }
  }
}
