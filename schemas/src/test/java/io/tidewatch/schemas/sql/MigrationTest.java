package io.tidewatch.schemas.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of migrations without a database; that it runs is tested where one is. */
class MigrationTest {
  private static final String FIRST = "V001__feature_and_latency_windows";
  private static final String SECOND = "V002__anomaly_scores";
  private static final String ALERTS = "V003__alerts";
  private static final String METRICS = "V004__metric_tables";
  private static final String SUPPRESSED = "V005__suppressed_scores";
  private static final String AILING = "V006__ailing_jobs_that_never_ran";
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (\\w+) \\((.*?)\\n\\);", Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("(?m)^  ([a-z]\\w+) ");

  @ParameterizedTest
  @CsvSource({FIRST, SECOND, ALERTS, METRICS, SUPPRESSED, AILING})
  void holdsNothingFlywayTakesForAPlaceholder(String file) throws IOException {
    assertThat(migration(file)).doesNotContain("${");
  }

  @ParameterizedTest
  @CsvSource({FIRST + ",2", SECOND + ",1", ALERTS + ",2", METRICS + ",3"})
  void commentsEveryTableAndEveryColumn(String file, int count) throws IOException {
    String sql = migration(file);
    List<MatchResult> tables = TABLE.matcher(sql).results().toList();
    assertThat(tables).hasSize(count);
    for (MatchResult table : tables) {
      assertThat(sql).contains("COMMENT ON TABLE %s IS '".formatted(table.group(1)));
      List<MatchResult> columns = COLUMN.matcher(table.group(2)).results().toList();
      assertThat(columns).hasSizeGreaterThan(7);
      for (MatchResult column : columns) {
        assertThat(sql)
            .contains("COMMENT ON COLUMN %s.%s IS '".formatted(table.group(1), column.group(1)));
      }
    }
  }

  private static String migration(String file) throws IOException {
    try (InputStream in =
        MigrationTest.class.getResourceAsStream("/sql/timescale/" + file + ".sql")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
