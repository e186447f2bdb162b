package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of TDengine. */
class SuperTableQueryTest {
  private static final TelemetryModel PRESS =
      new TelemetryModel(
          "press",
          "a press",
          List.of(new TelemetryField("force", "N", 0, 1000)),
          UnknownFields.REJECT,
          OutOfRange.MISSING,
          new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(5)));

  private static SourceConfig.Tdengine config(String superTable, String column) {
    return new SourceConfig.Tdengine(
        "jdbc:TAOS-WS://localhost:6041/",
        "root",
        new Secret(""),
        "plant",
        superTable,
        new SourceConfig.Columns("ts", "device_id", "", "", "", Map.of("force", column)));
  }

  private static SuperTableQuery query(long fromMs, long toMs, String... devices) {
    return SuperTableQuery.of(
        config("", "value"),
        PRESS,
        new Selection("press", new TreeSet<>(List.of(devices)), fromMs, toMs, Long.MAX_VALUE));
  }

  @Test
  void withoutARangeItAsksForAll() {
    assertThat(query(Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(
            new SuperTableQuery(
                "SELECT `ts`, `device_id`, `value` FROM `plant`.`press`", List.of()));
  }

  @Test
  void theRangeIsWrittenAndTheDevicesAreBound() {
    long fromMs = Instant.parse("2026-03-01T23:52:00.500Z").toEpochMilli();
    long toMs = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    assertThat(query(fromMs, toMs, "b' OR 1=1 --", "a"))
        .isEqualTo(
            new SuperTableQuery(
                "SELECT `ts`, `device_id`, `value` FROM `plant`.`press`"
                    + " WHERE `ts` >= '2026-03-01T23:52:00.500Z' AND `ts` < '2026-03-02T00:00:00Z'"
                    + " AND `device_id` IN (?, ?)",
                List.of("a", "b' OR 1=1 --")));
  }

  @Test
  void timesThatTdengineCouldNotReadAreNotWritten() {
    assertThat(query(-1, Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli()).sql())
        .doesNotContain("WHERE");
  }

  @Test
  void ofVeryManyDevicesAllAreRead() {
    String[] many = IntStream.range(0, 1001).mapToObj(Integer::toString).toArray(String[]::new);
    assertThat(query(0, Long.MAX_VALUE, many))
        .isEqualTo(
            new SuperTableQuery(
                "SELECT `ts`, `device_id`, `value` FROM `plant`.`press` WHERE `ts` >= '1970-01-01T00:00:00Z'",
                List.of()));
    String[] fewer = List.of(many).subList(0, 1000).toArray(String[]::new);
    assertThat(query(0, Long.MAX_VALUE, fewer).devices()).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a`", "a b", "a.b", "1a", "ä", "a;", "a--", "a\n", "\\", "'", " "})
  void whatIsNoNameIsRefusedAndNeverSent(String name) {
    Selection all =
        new Selection("press", new TreeSet<>(), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThatThrownBy(() -> SuperTableQuery.of(config(name, "value"), PRESS, all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("super_table: must be a name of letters, digits and _");
    assertThatThrownBy(() -> SuperTableQuery.of(config("press", name), PRESS, all))
        .hasMessageStartingWith("columns.fields.force: must be a name of letters, digits and _");
    assertThatThrownBy(() -> SuperTableQuery.probe(config(name, "value"), PRESS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameOf65LettersIsNone() {
    String name = "a".repeat(65);
    assertThatThrownBy(() -> SuperTableQuery.probe(config(name, "value"), PRESS))
        .hasMessageContaining("at most 64");
    assertThat(SuperTableQuery.probe(config(name.substring(1), "value"), PRESS))
        .contains(name.substring(1));
  }
}
