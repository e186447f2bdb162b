package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A data set of a table is that of a file with the same readings. */
@ExtendWith(SharedStack.class)
class StoredQueryITCase {
  @TempDir Path folder;

  private static String source(TestDatabase database, String query, String columns) {
    return """
        source: {kind: postgres, postgres: {url: "%s", user: %s, query: "%s", columns: {%s}}}
        label: {field: label}
        """
        .formatted(database.jdbcUrl(), database.user(), query, columns);
  }

  @Test
  void rowsOfAQueryGiveTheFilesThatTheSameReadingsInAFileGive(EmbeddedStack stack)
      throws Exception {
    DatasetSpace space = new DatasetSpace(folder);
    TestDatabase database = TestDatabase.create(stack);
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE stored_press (t timestamptz, device_id text, newton float8, heat float8, label text, stored timestamp)");
      StringBuilder rows = new StringBuilder("INSERT INTO stored_press VALUES ");
      for (String line : DatasetSpace.readings().lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        rows.append(
            "(to_timestamp(%s / 1000.0), '%s', %s, %s, '%s', to_timestamp(%s / 1000.0) AT TIME ZONE 'UTC'),"
                .formatted(
                    cells[0],
                    cells[1],
                    cells[2],
                    cells[3].isEmpty() ? "NULL" : cells[3],
                    cells[4],
                    cells[5]));
      }
      statement.execute(rows.substring(0, rows.length() - 1));
    }
    space.run("label: {field: label}\n");
    Map<String, byte[]> ofFile = space.files("out");

    space.run(
        source(
            database,
            "SELECT * FROM stored_press",
            "time: t, device: device_id, label: label, known: stored, fields: {force: newton}"));

    Map<String, byte[]> ofQuery = space.files("out");
    assertThat(new String(ofQuery.remove("_stats.json"), StandardCharsets.UTF_8))
        .contains("SELECT * FROM stored_press");
    ofFile.remove("_stats.json");
    assertThat(ofQuery).usingRecursiveComparison().isEqualTo(ofFile);
  }

  @Test
  void queriesThatCannotBeUsedAreRefusedBeforeThereIsAJob(EmbeddedStack stack) {
    DatasetSpace space = new DatasetSpace(folder);
    TestDatabase database = TestDatabase.create(stack);
    String columns = "time: t, device: \"\", only_device: d, fields: {force: f, heat: f}";
    assertThat(refusal(space, source(database, "SELECT 1 AS f", columns)))
        .contains("source.postgres.columns.time: must be one of the columns [f], was 't'");
    assertThat(refusal(space, source(database, "SELECT FROM WHERE", columns)))
        .contains("source.postgres.query: must be one SELECT that runs, was 'SELECT FROM WHERE'");
    assertThat(refusal(space, source(database, "", columns)))
        .contains("source.postgres.query: must be given, was empty");
  }

  private static String refusal(DatasetSpace space, String yaml) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> space.run(yaml));
    assertThat(refused.getMessage()).doesNotContain("\n");
    return refused.getMessage();
  }
}
