package io.tidewatch.benchmarks.sinks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of the processes of PostgreSQL that serve a database, looked at while they live:
 * what one used after the last look is missing.
 */
final class ServerCpu {
  private final Map<Long, Duration> byProcess = new HashMap<>();
  private final Connection connection;
  private final String database;

  /**
   * @param connection to another database
   */
  ServerCpu(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  void look() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pid FROM pg_stat_activity WHERE datname = ?")) {
      statement.setString(1, database);
      try (ResultSet processes = statement.executeQuery()) {
        while (processes.next()) {
          long pid = processes.getLong(1);
          ProcessHandle.of(pid)
              .flatMap(process -> process.info().totalCpuDuration())
              .ifPresent(used -> byProcess.put(pid, used));
        }
      }
    }
  }

  double seconds() {
    return byProcess.values().stream().mapToDouble(used -> used.toNanos() / 1e9).sum();
  }
}
