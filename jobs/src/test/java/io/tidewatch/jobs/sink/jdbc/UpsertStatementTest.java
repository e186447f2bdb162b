package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.junit.jupiter.api.Test;

class UpsertStatementTest {

  @Test
  void knowsItsTableAndColumns() {
    UpsertStatement statement =
        UpsertStatement.of(
            """
            INSERT INTO some_table (
              a, b_2,
              c)
            VALUES (?, ?::jsonb, ?)
            ON CONFLICT (a) DO UPDATE SET b_2 = EXCLUDED.b_2
            """);

    assertThat(statement.table()).isEqualTo("some_table");
    assertThat(statement.columns()).containsExactly("a", "b_2", "c");
  }

  @Test
  void refusesWhatIsNoInsertOfValues() {
    assertThatThrownBy(() -> UpsertStatement.of("DELETE FROM t"))
        .hasMessage("sql: must be INSERT INTO table (column, …) VALUES …, was DELETE FROM t");
  }

  @Test
  void aRowIsToldByWhatTheBuilderSets() throws Exception {
    OffsetDateTime time = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    JdbcStatementBuilder<String> binder =
        (PreparedStatement row, String text) -> {
          row.setString(1, text);
          row.setObject(2, time);
          row.setNull(3, java.sql.Types.DOUBLE);
          row.setLong(4, 7);
        };

    var bound = BoundRow.of(List.of("a", "b", "c", "d"), binder, "x");

    assertThat(bound.keySet()).containsExactly("a", "b", "c", "d");
    assertThat(bound.values()).containsExactlyElementsOf(Arrays.asList("x", time, null, 7L));
  }

  @Test
  void aBuilderDoesNothingButSet() {
    assertThatThrownBy(
            () ->
                BoundRow.of(List.of("a"), (PreparedStatement row, String x) -> row.execute(), "x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
