package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The readings of a super table of TDengine, read by one subtask over one connection, block by
 * block. Nothing but {@code SELECT} is sent.
 */
final class StoredSuperTable implements StoredTelemetry {
  private static final int NO_DATABASE = 0x388;
  private static final int NO_TABLE = 0x2603;

  /** Of a refused login the driver tells the code in the text only. */
  private static final String NO_LOGIN = "(0x357)";

  private final SourceConfig.Tdengine config;
  private final TelemetryModel model;
  private final SuperTableQuery query;

  private StoredSuperTable(
      SourceConfig.Tdengine config, TelemetryModel model, SuperTableQuery query) {
    this.config = config;
    this.model = model;
    this.query = query;
  }

  /**
   * Looks at the configuration only.
   *
   * @throws IllegalArgumentException naming key, rule and value
   */
  static void check(SourceConfig.Tdengine config, TelemetryModel model, Selection selection) {
    try {
      SuperTableQuery.of(config, model, selection);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tdengine." + e.getMessage(), e);
    }
    StoredColumns.requireFields("tdengine.", config.columns(), model);
  }

  /**
   * @param selection whose range and devices are asked for, and no others where that can be said
   * @throws ConfigException when the server cannot be reached, or the table is not as configured
   */
  static StoredSuperTable of(
      Path file, SourceConfig.Tdengine config, TelemetryModel model, Selection selection) {
    String key = file + ": source.tdengine.";
    try {
      SuperTableQuery query = SuperTableQuery.of(config, model, selection);
      try (Connection connection = connect(config)) {
        requireColumns(key, connection, config, model);
      } catch (SQLException e) {
        throw new ConfigException(key + unreachable(config, e));
      }
      return new StoredSuperTable(config, model, query);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key + e.getMessage());
    }
  }

  private static void requireColumns(
      String key, Connection connection, SourceConfig.Tdengine config, TelemetryModel model) {
    try (Statement statement = connection.createStatement();
        ResultSet unread = statement.executeQuery(SuperTableQuery.probe(config, model))) {
      new QueryColumns(model, config.columns(), unread.getMetaData());
    } catch (SQLException e) {
      throw new ConfigException(key + unreadable(config, model, e));
    }
  }

  private static String unreachable(SourceConfig.Tdengine config, SQLException e) {
    String why = String.valueOf(e.getMessage());
    return why.contains(NO_LOGIN)
        ? "user: must be a user of %s, with the password given, was '%s' (%s)"
            .formatted(config.address(), config.user(), why)
        : "url: must be of a taosAdapter that can be reached, was '%s' (%s)"
            .formatted(config.address(), why);
  }

  private static String unreadable(
      SourceConfig.Tdengine config, TelemetryModel model, SQLException e) {
    String table = SuperTableQuery.superTable(config, model);
    return switch (e.getErrorCode()) {
      case NO_DATABASE ->
          "database: must be a database of %s, was '%s'"
              .formatted(config.address(), config.database());
      case NO_TABLE ->
          "super_table: must be a super table of the database %s, was '%s'"
              .formatted(config.database(), table);
      default ->
          "super_table: must be a super table that can be read, was '%s' (%s)"
              .formatted(table, e.getMessage());
    };
  }

  private static Connection connect(SourceConfig.Tdengine config) throws SQLException {
    return TdengineConnections.connect(config.url(), config.user(), config.password());
  }

  @Override
  public DataStream<Inbound<KnownTelemetry>> read(StreamExecutionEnvironment env) {
    return env.fromData(Types.STRING, query.sql())
        .uid(DatasetUids.SOURCE)
        .name(DatasetUids.SOURCE)
        .flatMap(
            new ReadSuperTableFunction(config, model, query),
            Inbound.typeInfo(KnownTelemetry.class))
        .uid(DatasetUids.READ)
        .name(DatasetUids.READ);
  }

  @Override
  public List<DatasetSource> pieces() {
    return List.of(new DatasetSource.Query(config.address(), query.sql()));
  }

  private record ReadSuperTableFunction(
      SourceConfig.Tdengine config, TelemetryModel model, SuperTableQuery query)
      implements FlatMapFunction<String, Inbound<KnownTelemetry>> {

    @Override
    public void flatMap(String sql, Collector<Inbound<KnownTelemetry>> out) throws SQLException {
      try (Connection connection = connect(config);
          PreparedStatement statement = connection.prepareStatement(sql)) {
        query.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          QueryColumns columns = new QueryColumns(model, config.columns(), rows.getMetaData());
          while (rows.next()) {
            out.collect(Inbound.of(columns.read(rows)));
          }
        }
      }
    }
  }
}
