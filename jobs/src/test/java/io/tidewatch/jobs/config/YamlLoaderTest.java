package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlLoaderTest {
  @TempDir Path temporary;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope: 1 | : nope: unknown key; known here: alerting, endpoints, event_time, input, kafka,"
            + " output, parquet, postgres, pre_aggregation, sink, sinks, stored_sketches, tdengine,"
            + " window",
        "input: {nope: 1} | : input.nope: unknown key; known here: avro, format, group_id,"
            + " max_message_bytes, start, topic",
        "input: {topic: } | : input.topic: must be given, was missing",
        "input: {max_message_bytes: } | : input.max_message_bytes: must be given, was missing",
        "kafka: | : kafka: must be given, was missing",
        "kafka: {properties: {a: }} | : kafka.properties.a: must be given, was missing",
        "input: {max_message_bytes: abc} | : input.max_message_bytes: must be a whole number, was"
            + " 'abc'",
        "input: {max_message_bytes: 1.9} | : input.max_message_bytes: must be a whole number, was"
            + " '1.9'",
        "input: {max_message_bytes: true} | : input.max_message_bytes: must be a whole number, was"
            + " 'true'",
        "input: {max_message_bytes: [1]} | : input.max_message_bytes: must be a whole number, was a"
            + " list",
        "input: {max_message_bytes: 0} | : input.max_message_bytes: must be ≥ 1, was 0",
        "input: {topic: [a]} | : input.topic: must be a text, was a list",
        "input: {topic: a b} | : input.topic: must be letters, digits, '.', '_' or '-', at most"
            + " 200, was 'a b'",
        "input: {start: newest} | : input.start: must be one of earliest, latest, committed, was"
            + " 'newest'",
        "input: {start: 1} | : input.start: must be one of earliest, latest, committed, was '1'",
        "kafka: 5 | : kafka: must be a mapping, was one value",
        "kafka: {properties: [a]} | : kafka.properties: must be a mapping, was a list",
        "postgres: {migrate: maybe} | : postgres.migrate: must be true or false, was 'maybe'",
        "postgres: {migrate: 1} | : postgres.migrate: must be true or false, was '1'",
        "sinks: {windows: [parquet]} | : parquet.path: must be given where sinks.windows names"
            + " parquet, was empty",
        "parquet: {path: rows} | : parquet.path: must be a folder from the root on, or a URI, was"
            + " 'rows'",
        "sinks: {windows: timescale} | : sinks.windows: must be a list, was one value",
        "sink: {flush_rows: x} | : sink.flush_rows: must be a whole number, was 'x'",
        "sink: {flush_rows: 0} | : sink.flush_rows: must be ≥ 1, was 0",
        "sink: {flush_interval: 0s} | : sink.flush_interval: must be ≥ PT0.001S, was PT0S",
        "sink: {max_outage: -PT1S} | : sink.max_outage: must be ≥ PT0S, was PT-1S",
        "sink: {refused_topic: 'a b'} | : sink.refused_topic: must be letters, digits, '.', '_' or"
            + " '-', at most 200, was 'a b'",
        "window: {slide: PT5M} | : window.slide: must be ≤ size (PT1M), was PT5M",
        "window: {slide: PT7S} | : window.size: must be a whole number of slides (PT7S), was PT1M",
        "event_time: {allowed_lateness: -PT5S} | : event_time.allowed_lateness: must be ≥ PT0S, was"
            + " PT-5S",
        "event_time: {allowed_lateness: soon} | : event_time.allowed_lateness: must be a duration"
            + " such as PT30S or 30s, at most PT876000H, was 'soon'",
        "endpoints: {max_per_service: 0} | : endpoints.max_per_service: must be ≥ 1, was 0",
        "endpoints: {max_services: 0} | : endpoints.max_services: must be ≥ 1, was 0",
        "endpoints: {forget_after: PT0S} | : endpoints.forget_after: must be ≥ PT0.001S, was PT0S",
        "endpoints: {template_raw_paths: 1} | : endpoints.template_raw_paths: must be true or"
            + " false, was '1'",
        "pre_aggregation: {max_partials: -1} | : pre_aggregation.max_partials: must be ≥ 0, was -1",
        "stored_sketches: some | : stored_sketches: must be one of all, tiling, none, was 'some'",
        "event_time: {max_ahead: -PT5S} | : event_time.max_ahead: must be ≥ PT0S, was PT-5S",
        "event_time: {earliest: yesterday} | : event_time.earliest: must be a time such as"
            + " 2000-01-01T00:00:00Z, was 'yesterday'",
      })
  void saysInOneLineWhichKeyBreaksWhichRule(String text, String error) {
    assertThat(folder.latencyError(text)).isEqualTo(error);
  }

  @Test
  void namesANumberThatIsTooLarge() {
    assertThat(folder.latencyError("input: {max_message_bytes: 99999999999}"))
        .startsWith(": input.max_message_bytes: ")
        .contains("99999999999");
  }

  @Test
  void namesTheKeyThatIsMissing() {
    Path file = folder.file("window.yaml", "size: PT1M");
    assertThat(folder.error("window.yaml", () -> folder.loader().load(file, WindowSpec.class)))
        .isEqualTo(": slide: must be given, was missing");
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M30S, PT1M30S",
    "1m30s, PT1M30S",
    "1d, PT24H",
    "1d2h3m4s, PT26H3M4S",
    "90s, PT1M30S",
    "PT0.2S, PT0.2S",
    "36500d, PT876000H"
  })
  void readsDurationsOfBothForms(String written, Duration meant) {
    assertThat(folder.latency("event_time: {max_ahead: " + written + "}").eventTime().maxAhead())
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "10q",
        "1s1m",
        "''",
        "m",
        "PT",
        "5 s",
        "36501d",
        "9999999999999999s",
        "PT-9223372036854775808S",
        "[5]"
      })
  void refusesWhatIsNoDuration(String written) {
    assertThat(folder.latencyError("event_time: {max_ahead: " + written + "}"))
        .startsWith(": event_time.max_ahead: must be a duration such as PT30S or 30s, at most ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment\n", "---\n"})
  void refusesAnEmptyFile(String text) {
    assertThat(folder.latencyError(text)).isEqualTo(": must be a YAML mapping, was empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"just text", "- a\n- b"})
  void refusesAFileThatIsNoMapping(String text) {
    assertThat(folder.latencyError(text)).startsWith(": must be a YAML mapping, was ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [ | :1:5: while parsing a flow node, expected the node content",
        "a: b: c | :1:5: mapping values are not allowed here",
        "'\t- x' | :1:1: while scanning for the next token, found character",
      })
  void saysWhereAFileIsNoYaml(String text, String error) {
    assertThat(folder.latencyError(text)).startsWith(error);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    for (byte[] bytes :
        new byte[][] {
          {0, 1, 2}, {(byte) 0xff, (byte) 0xfe, 'a'}, {'a', ':', ' ', (byte) 0xc3, 1}
        }) {
      Path file = Files.write(temporary.resolve("bytes.yaml"), bytes);
      assertThat(folder.error("bytes.yaml", () -> folder.loader().load(file, LatencyConfig.class)))
          .startsWith(":");
    }
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertThat(folder.latencyError("input:\n  topic: a\n  topic: b\n"))
        .isEqualTo(":3:8: Duplicate field 'topic'");
  }

  @Test
  void refusesASecondDocumentThatNobodyWouldRead() {
    assertThat(folder.latencyError("input: {topic: a}\n---\nnope: 1\n"))
        .isEqualTo(": must be one YAML document, was followed by another");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path file = temporary.resolve("absent.yaml");
    assertThat(folder.error("absent.yaml", () -> folder.loader().load(file, Map.class)))
        .startsWith(": must be a readable file (");
  }

  @Test
  void takesVariablesFromTheEnvironment() {
    folder.set("TOPIC", "orders").set("BYTES", "77").set("EMPTY", "");
    LatencyConfig config =
        folder.latency(
            """
            input:
              topic: shop.${TOPIC}.${VERSION:-v1}
              max_message_bytes: ${BYTES}
              group_id: "a${EMPTY}${EMPTY:-b}${ABSENT:-}c"
            """);
    assertThat(config.input().topic()).isEqualTo("shop.orders.v1");
    assertThat(config.input().maxMessageBytes()).isEqualTo(77);
    assertThat(config.input().groupId()).isEqualTo("ac");
  }

  @Test
  void doesNotReadAValueOfTheEnvironmentAsATemplate() {
    folder.set("USER_NAME", "${OTHER} \\1 $1");
    assertThat(folder.latency("postgres: {user: '${USER_NAME}'}").postgres().user())
        .isEqualTo("${OTHER} \\1 $1");
  }

  @Test
  void namesAVariableThatIsNotSet() {
    assertThat(folder.latencyError("postgres: {user: '${NOT_SET}'}"))
        .isEqualTo(": postgres.user: environment variable NOT_SET must be set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${my-user}", "${1ST}", "${OPEN", "${}"})
  void refusesAPlaceholderOfAnotherForm(String placeholder) {
    assertThat(folder.latencyError("postgres: {user: '" + placeholder + "'}"))
        .isEqualTo(": postgres.user: must be ${NAME} or ${NAME:-default} where ${ stands");
  }

  @Test
  void aKeyThatIsLeftOutHasTheShippedValue() {
    LatencyConfig shipped = folder.latency("{}");
    LatencyConfig changed =
        folder.latency("event_time: {idle_after: 7s}\nkafka: {properties: {acks: all}}");

    assertThat(shipped.eventTime().maxOutOfOrderness()).isEqualTo(Duration.ofSeconds(5));
    assertThat(shipped.eventTime().earliest()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(changed.eventTime().idleAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(changed.eventTime().maxOutOfOrderness())
        .isEqualTo(shipped.eventTime().maxOutOfOrderness());
    assertThat(changed.kafka().properties()).containsExactly(Map.entry("acks", "all"));
    assertThat(changed.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(changed.input()).isEqualTo(shipped.input());
    assertThat(changed.window()).isEqualTo(shipped.window());
  }
}
