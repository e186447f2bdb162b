package io.tidewatch.jobs.dataset;

import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Readings of {@link DatasetSpace} in a stand-in for TDengine, laid out as the shipped DDL does.
 */
final class PressSuperTable {
  private PressSuperTable() {}

  /**
   * @param zeros behind a time in milliseconds, as the precision of the database has it
   */
  static void store(
      StandInTdengine server, String database, String precision, String zeros, String readings)
      throws IOException {
    for (String statement : layout(database, precision)) {
      server.execute(statement);
    }
    Map<String, List<String[]>> byDevice =
        readings
            .lines()
            .skip(1)
            .map(line -> line.split(",", -1))
            .collect(Collectors.groupingBy(cells -> cells[1]));
    byDevice.forEach(
        (device, rows) ->
            server.execute(
                "INSERT INTO %1$s.d_%2$s USING %1$s.press TAGS ('%3$s') VALUES %4$s"
                    .formatted(
                        database,
                        Integer.toHexString(device.hashCode()),
                        device.replace("\\", "\\\\").replace("'", "''"),
                        rows.stream()
                            .map(
                                cells ->
                                    "(%s%s, %s, %s, '%s', %s%2$s)"
                                        .formatted(
                                            cells[0],
                                            zeros,
                                            cells[2],
                                            cells[3].isEmpty() ? "NULL" : cells[3],
                                            cells[4],
                                            cells[5]))
                            .collect(Collectors.joining(" ")))));
  }

  /** The shipped DDL, for the model of the press. */
  private static List<String> layout(String database, String precision) throws IOException {
    try (InputStream in =
        PressSuperTable.class.getResourceAsStream("/sql/tdengine/V001__telemetry.sql")) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String filled =
          sql.replaceAll("(?m)^--.*$", "")
              .replace("${database}", database)
              .replace("'ms'", "'" + precision + "'")
              .replace("${model}", "press")
              .replace("${fields}", "`force` DOUBLE, `heat` DOUBLE,");
      return Stream.of(filled.split(";", -1)).filter(each -> !each.isBlank()).toList();
    }
  }
}
