package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.sink.FeatureRows;
import io.tidewatch.jobs.sink.IncidentRows;
import io.tidewatch.jobs.sink.LatencyRows;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RuleRows;
import io.tidewatch.jobs.sink.ScoreRows;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.SinkContract;
import io.tidewatch.testkit.TopicClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever a device, an endpoint, a rule or a label is called: its name is in the column of its
 * table as it was sent, or refused by itself, and nothing else is in any table.
 */
@ExtendWith(SharedStack.class)
class InjectionITCase {
  private static final int RANDOM_TEXTS = 10_000;
  private static final long TIME_MS = 1_767_225_600_000L;
  private static final String REFUSED_TOPIC = "injection.refused";

  /** What no column of PostgreSQL takes. */
  private static final String WITH_NUL = "a\u0000'); DROP TABLE device_features; --";

  private static final TelemetryModels MODELS =
      TelemetryModels.of(
          List.of(
              new TelemetryModel(
                  "kiln",
                  "of one field",
                  List.of(new TelemetryField("heat", "Cel", -1e6, 1e6)),
                  UnknownFields.REJECT,
                  OutOfRange.MISSING,
                  new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1)))));

  private EmbeddedStack stack;
  private SinkContract.Place place;
  private List<String> texts;

  @BeforeEach
  void makeTables(EmbeddedStack shared) {
    stack = shared;
    Map<String, String> environment = new JobSpace(stack).environment();
    place =
        new SinkContract.Place(
            environment.get("TIDEWATCH_JDBC_URL"),
            environment.get("TIDEWATCH_JDBC_USER"),
            environment.get("TIDEWATCH_KAFKA"),
            REFUSED_TOPIC);
    stack.kafka().createTopic(REFUSED_TOPIC, 1, Map.of());
    Migrations.apply(TestPostgres.config(place.jdbcUrl(), place.user(), true));
    texts = admitted();
  }

  @Test
  void eachTextArrivesAsItWasInTheColumnsItIsFor() throws Exception {
    List<String> tables = texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    assertThat(tables).contains("device_features", "alert_incidents");

    write(
        InjectionITCase::vector,
        TypeInformation.of(FeatureVector.class),
        FeatureRows.sink(TestPostgres.target(place), MODELS));
    write(
        InjectionITCase::window,
        TypeInformation.of(LatencyWindow.class),
        LatencyRows.sink(TestPostgres.target(place)));
    write(
        InjectionITCase::score,
        TypeInformation.of(AnomalyScore.class),
        ScoreRows.sink(TestPostgres.target(place)));
    write(
        InjectionITCase::event,
        TypeInformation.of(AlertEvent.class),
        IncidentRows.sink(TestPostgres.target(place)));
    write(
        InjectionITCase::status,
        TypeInformation.of(RuleStatus.class),
        RuleRows.sink(TestPostgres.target(place)));

    assertStored("device_features", "device_id");
    assertStored("api_latency_windows", "service", "endpoint");
    assertStored(
        "anomaly_scores",
        "entity",
        "metric",
        "model_version",
        "(SELECT string_agg(key, '') FROM jsonb_object_keys(attribution) AS key)");
    assertStored(
        "alert_incidents",
        "alert_id",
        "fingerprint",
        "rule",
        "rule_version",
        "expr",
        "reason",
        "suppressed_by",
        "model_version",
        "labels ->> alert_id",
        "trace_ids ->> 0");
    assertStored("alert_rules", "rule", "reason", "definition");
    assertThat(texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .as("tables")
        .containsExactlyInAnyOrderElementsOf(tables);
    assertThat(texts("SELECT model FROM device_features WHERE model <> 'kiln'")).isEmpty();
    assertThat(new TopicClient(place.bootstrapServers()).readAll(REFUSED_TOPIC))
        .as("one refused of each table")
        .hasSize(5)
        .allSatisfy(
            refused ->
                assertThat(new String(refused.value(), UTF_8)).contains("\"code\":\"22021\""));
  }

  /** Each text as the decoder gives it; it gives it as it was, or refuses its message alone. */
  private static List<String> admitted() {
    TelemetryCodec codec = new TelemetryCodec(MODELS);
    List<String> admitted = new ArrayList<>();
    int refusals = 0;
    for (String text :
        Stream.concat(SpecialTexts.ALL.stream(), SpecialTexts.random(RANDOM_TEXTS, 3).stream())
            .distinct()
            .toList()) {
      Decoded<DeviceTelemetry> decoded = codec.decode(message(text).getBytes(UTF_8));
      if (decoded instanceof Decoded.Ok<DeviceTelemetry> ok) {
        assertThat(ok.value().deviceId()).isEqualTo(text);
        assertThat(ok.value().tags()).isEqualTo(Map.of(text, text));
        admitted.add(text);
      } else {
        refusals++;
        assertThat(((Decoded.Refused<?>) decoded).reason()).isEqualTo(RejectReason.INVALID_TEXT);
      }
      assertThat(decoded instanceof Decoded.Ok).isEqualTo(RuleStatusCodec.isName(text));
    }
    assertThat(admitted).hasSizeGreaterThan(RANDOM_TEXTS / 4).doesNotHaveDuplicates();
    assertThat(refusals).isGreaterThan(RANDOM_TEXTS / 10);
    return admitted;
  }

  /** With each char of the text escaped, so that it is there whatever it is. */
  private static String message(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return "{\"model\":\"kiln\",\"device_id\":\"%s\",\"event_time_ms\":1,\"fields\":{},\"tags\":{\"%s\":\"%s\"}}"
        .formatted(escaped, escaped, escaped);
  }

  /** All texts, and among them one that the database has to refuse. */
  private <T> void write(Function<String, T> row, TypeInformation<T> type, Sink<T> sink) {
    List<T> rows = new ArrayList<>(texts.stream().map(row).toList());
    rows.add(rows.size() / 2, row.apply(WITH_NUL));
    Configuration configuration = stack.flink().configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    env.fromData(rows, type).uid("injection-source").sinkTo(sink).uid("injection-sink");
    assertThat(stack.flink().awaitEnd(stack.flink().submit(env), Duration.ofMinutes(3)))
        .isEqualTo(JobStatus.FINISHED);
  }

  private void assertStored(String table, String... columns) throws SQLException {
    for (String column : columns) {
      assertThat(texts("SELECT %s FROM %s".formatted(column, table)))
          .as("%s.%s", table, column)
          .containsExactlyInAnyOrderElementsOf(texts);
    }
  }

  private List<String> texts(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(place.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static FeatureVector vector(String text) {
    return new FeatureVector("kiln", text, TIME_MS, TIME_MS + 10_000, 1, new double[8]);
  }

  private static LatencyWindow window(String text) {
    return new LatencyWindow(
        text, text, "GET", TIME_MS, TIME_MS + 10_000, 1, .1, 0, 0, 1, 1, 1, 1, 1, 1);
  }

  private static AnomalyScore score(String text) {
    return new AnomalyScore(
        "kiln",
        text,
        text,
        TIME_MS,
        TIME_MS + 10_000,
        0.5,
        0.6,
        false,
        null,
        Severity.INFO,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Map.of(text, 1.0),
        new ModelStatus(ModelState.ACTIVE, text, 1, 1),
        false,
        ScoreContext.NONE,
        0);
  }

  private static AlertEvent event(String text) {
    return new AlertEvent(
        text,
        text,
        text,
        text,
        text,
        AlertStatus.SUPPRESSED,
        false,
        text,
        Map.of(text, text),
        Map.of(text, text),
        text,
        1.0,
        2.0,
        text,
        TIME_MS,
        TIME_MS,
        null,
        null,
        text,
        Map.of(text, 0.5),
        List.of(text));
  }

  private static RuleStatus status(String text) {
    return new RuleStatus("tidewatch-latency", text, RuleState.REFUSED, null, text, 0, text);
  }
}
