package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.testkit.tdengine.Fault;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A data set of a super table of TDengine is that of a file with the same readings. A stand-in
 * takes the place of the server; the driver is the real one.
 */
class StoredSuperTableITCase {
  /** What a URL would have to encode. */
  private static final String PASSWORD = "p%+ä 7/";

  private static final String ODD_DEVICE = "d'); DROP -- \\n é";

  @TempDir Path folder;
  private final StandInTdengine server = StandInTdengine.start(PASSWORD);
  private DatasetSpace space;

  @BeforeEach
  void store() throws Exception {
    space = new DatasetSpace(folder);
    String readings = DatasetSpace.readings().replace("press-2", ODD_DEVICE);
    space.write("readings.csv", readings);
    PressSuperTable.store(server, "plant", "ms", "", readings);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String source(String keys) {
    return "source: {kind: tdengine, tdengine: {url: \"%s\", database: plant%s}}\n"
        .formatted(server.jdbcUrl(), keys.isEmpty() ? "" : ", " + keys);
  }

  private DatasetJob.Result run(String yaml, String password) throws Exception {
    return DatasetJob.run(
        DatasetSpace.environment(2),
        new YamlLoader(Map.of("TIDEWATCH_TDENGINE_PASSWORD", password)::get),
        space.config(yaml),
        Map.of(),
        Clock.fixed(Instant.parse("2026-04-01T00:00:00Z"), ZoneOffset.UTC));
  }

  private Map<String, byte[]> withoutStatistics() throws Exception {
    Map<String, byte[]> files = space.files("out");
    assertThat(files.remove("_stats.json")).isNotNull();
    return files;
  }

  @Test
  void readingsOfASuperTableGiveTheFilesThatTheSameReadingsInAFileGive() throws Exception {
    String rest =
        "label: {field: label}\nnormalisation: {method: z_score}\nas_of: 2026-03-02T00:05:00Z\n";
    space.run(rest);
    Map<String, byte[]> ofFile = withoutStatistics();

    DatasetJob.Result result = run(source("") + rest, PASSWORD);

    assertThat(result.read()).startsWith("3600 read, ");
    assertThat(new String(space.files("out").get("_stats.json"), StandardCharsets.UTF_8))
        .contains("SELECT `ts`, `device_id`, `known_at`, `label`, `force`, `heat` FROM")
        .doesNotContain(PASSWORD);
    assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);
  }

  @Test
  void onlyTheRangeAndTheDevicesThatAreWantedAreRead() throws Exception {
    String rest =
        "devices: [press-0, \"%s\"]\nfrom: 2026-03-01T23:52:00Z\nto: 2026-03-02T00:02:00Z\n"
            .formatted(ODD_DEVICE.replace("\\", "\\\\"));
    space.run(rest);
    Map<String, byte[]> ofFile = withoutStatistics();

    DatasetJob.Result result = run(source("") + rest, PASSWORD);

    assertThat(result.read()).isEqualTo("1200 read, 1200 selected");
    assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);
  }

  @Test
  void timesInNanosecondsAreThoseOfTheFile() throws Exception {
    PressSuperTable.store(
        server, "fine", "ns", "000000", DatasetSpace.readings().replace("press-2", ODD_DEVICE));
    String rest =
        "from: 2026-03-01T23:51:00Z\nto: 2026-03-02T00:05:00Z\nas_of: 2026-03-02T00:05:00Z\n";
    space.run(rest);
    Map<String, byte[]> ofFile = withoutStatistics();

    DatasetJob.Result result = run(source("").replace("plant", "fine") + rest, PASSWORD);

    assertThat(result.read()).startsWith("2520 read, ");
    assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "database: warehouse",
            "source.tdengine.database: must be a database of jdbc:TAOS-WS://127.0.0.1:"),
        Arguments.of(
            "super_table: weld",
            "source.tdengine.super_table: must be a super table of the database plant, was 'weld'"),
        Arguments.of(
            "columns: {fields: {force: newton}}",
            "source.tdengine.columns.fields.force: must be one of the columns [ts, force, heat, label, known_at, device_id], was 'newton'"),
        Arguments.of(
            "columns: {known: \"x` FROM y --\"}",
            "source.tdengine.columns.known: must be a name of letters, digits and _, at most 64, was 'x` FROM y --'"),
        Arguments.of(
            "super_table: \"press; DROP DATABASE plant\"",
            "source.tdengine.super_table: must be a name of letters"),
        Arguments.of(
            "user: operator", "source.tdengine.user: must be a user of jdbc:TAOS-WS://127.0.0.1:"),
        Arguments.of(
            "url: \"jdbc:TAOS-WS://127.0.0.1:1/?appName=s3cret\"",
            "source.tdengine.url: must be of a taosAdapter that can be reached, was 'jdbc:TAOS-WS://127.0.0.1:1/'"),
        Arguments.of(
            "url: \"jdbc:TAOS-WS://127.0.0.1:port/\"",
            "source.tdengine.url: must be of a taosAdapter that can be reached, was 'jdbc:TAOS-WS://127.0.0.1:port/'"),
        Arguments.of(
            "url: \"jdbc:TAOS-WS://127.0.0.1:1/plant?password=s3cret\"",
            "source.tdengine.url: must be jdbc:TAOS-WS://HOST:PORT/ without a database, was 'jdbc:TAOS-WS://127.0.0.1:1/plant'"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeReadIsRefusedInOneLineBeforeThereIsAJob(String keys, String expected)
      throws Exception {
    String defaults = "url: \"%s\", database: plant".formatted(server.jdbcUrl());
    String key = keys.substring(0, keys.indexOf(':'));
    String others =
        Stream.of(defaults.split(", ", -1))
            .filter(each -> !each.startsWith(key + ":"))
            .collect(Collectors.joining(", "));

    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                run(
                    "source: {kind: tdengine, tdengine: {%s, %s}}\n".formatted(others, keys),
                    PASSWORD));

    assertThat(refused).hasMessageContaining(expected);
    assertThat(refused.getMessage()).doesNotContain("\n").doesNotContain("s3cret");
    assertThat(space.names()).doesNotContain("out").noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aWrongPasswordIsRefusedAndNotTold() {
    assertThatThrownBy(() -> run(source(""), "guess"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("source.tdengine.user: must be a user of")
        .hasMessageContaining("with the password given, was 'root'")
        .hasMessageNotContaining("guess");
  }

  @Test
  void asOfNeedsAColumnThatSaysWhenReadingsBecameKnown() {
    assertThatThrownBy(
            () -> run(source("columns: {known: \"\"}") + "as_of: 2026-03-02T00:00:00Z\n", PASSWORD))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("as_of: must be given with a source that says when");
  }

  @Test
  void aConnectionThatIsLostBetweenBlocksFailsTheJobAndLeavesNothing() throws Exception {
    server.next("fetch", new Fault.Drop());
    String source =
        source("").replace(server.jdbcUrl(), server.jdbcUrl() + "?messageWaitTimeout=2000");

    assertThatThrownBy(() -> run(source, PASSWORD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the job failed: ");

    assertThat(space.names()).doesNotContain("out").noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aQueryThatTheServerRefusesFailsTheJobWithItsReason() throws Exception {
    server.next("stmt2_exec", new Fault.Refuse(0x0700, "Query memory exhausted"));

    assertThatThrownBy(() -> run(source("") + "devices: [press-0]\n", PASSWORD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Query memory exhausted");
  }
}
