package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.cli.HaltBeforeCommit.Halt;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.IncidentRows;
import io.tidewatch.jobs.sink.KafkaSinks;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.sink.RowTarget;
import io.tidewatch.jobs.sink.Sinks;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that die when a checkpoint is complete and its alerts are not committed yet, and are away
 * for 25 seconds: what the topic has then, and what the command says of it.
 */
@ExtendWith(SharedStack.class)
class ReconcileCommandITCase {
  private static final Duration AWAY = Duration.ofSeconds(25);

  /** Brokers look every 10 seconds for transactions that are open for too long. */
  private static final Duration LONGER_THAN_TRANSACTIONS = Duration.ofSeconds(40);

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final int PARTITIONS = 2;
  private static final int STEPS = 150;
  private static final int EVENTS = 2 * STEPS;
  private static final int EVENTS_PER_SECOND = 10;

  /** Alerts end when so many others have begun; as many at the end, and at the start, never do. */
  private static final int OPEN = 10;

  private static final int ALERTS = STEPS + OPEN;
  private static final AlertEventCodec CODEC = new AlertEventCodec();

  @TempDir Path folder;
  private EmbeddedStack stack;
  private TopicClient topics;

  @BeforeEach
  void connect(EmbeddedStack shared) {
    stack = shared;
    topics = new TopicClient(stack.kafka().bootstrapServers());
  }

  /**
   * A job with its topic, database and configuration.
   *
   * @param name of the topic and of the database
   */
  private record Told(String name, Path config, JobID job) {}

  @Test
  void nothingIsLostAsShippedAndAllThatIsLostIsNamed() throws Exception {
    Configuration hasty = stack.flink().configuration();
    hasty.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(2));
    hasty.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(15));
    Told lost =
        start(
            "reconcile_lost",
            ", transaction_timeout: PT20S, restart_budget: PT1S",
            hasty,
            LONGER_THAN_TRANSACTIONS);
    Halt lostHalt = awaitHalt(lost);
    Told kept = start("reconcile_kept", "", stack.flink().configuration(), AWAY);
    awaitHalt(kept);
    assertThat(awaitEnd(lost)).isGreaterThanOrEqualTo(LONGER_THAN_TRANSACTIONS);
    assertThat(awaitEnd(kept)).isGreaterThanOrEqualTo(AWAY);

    assertThat(missing(kept)).isEmpty();
    assertThat(missing(lost))
        .as("the commit came too late for what was pending")
        .containsAll(lostHalt.pending());

    Run whole = reconcile(kept, "--settled", "PT0S");
    assertThat(whole.gaps()).isEmpty();
    assertThat(whole.summary()).contains(": 160 alerts, 160 whole, 0 with 0 gaps, 0 younger than ");
    assertThat(whole.exitCode()).isZero();
    assertThat(reconcile(kept).summary())
        .as("by default, what a transaction may still hold is not judged")
        .contains(": 160 alerts, 0 whole, 0 with 0 gaps, 160 younger than ");

    Run gaps = reconcile(lost, "--settled", "PT0S");
    Map<String, String> expected = expectedGaps(missing(lost));
    assertThat(gaps.gaps()).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(expected.values())
        .as("each kind")
        .contains("the beginning is not in the topic", "the end is not in the topic");
    assertThat(gaps.summary())
        .contains(
            ": 160 alerts, %d whole, %d with %2$d gaps, 0 younger"
                .formatted(ALERTS - expected.size(), expected.size()));
    assertThat(gaps.exitCode()).isEqualTo(1);
    Run since = reconcile(lost, "--settled", "PT0S", "--since", "2026-01-01T01:00:00Z");
    assertThat(since.summary()).contains(": 0 alerts, 0 whole");
    assertThat(since.exitCode()).isZero();

    assertRowsAreMissed(kept);
    assertRetentionIsNoGap(lost);
  }

  private void assertRowsAreMissed(Told told) throws SQLException {
    try (Connection database = database(told.name());
        Statement statement = database.createStatement()) {
      statement.execute("DELETE FROM alert_incidents WHERE alert_id = 'alert-3'");
      statement.execute(
          "UPDATE alert_incidents SET status = 'active', resolved_at = NULL"
              + " WHERE alert_id = 'alert-4'");
    }
    Run run = reconcile(told, "--settled", "PT0S");
    assertThat(run.gaps())
        .isEqualTo(
            Map.of("alert-3", "there is no row of it", "alert-4", "the end is not in its row"));
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private void assertRetentionIsNoGap(Told told) throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.put(new TopicPartition(told.name(), partition), RecordsToDelete.beforeOffset(-1));
    }
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.kafka().bootstrapServers()))) {
      admin.deleteRecords(all).all().get();
    }
    Run run = reconcile(told, "--settled", "PT0S");
    assertThat(run.gaps()).isEmpty();
    assertThat(run.summary()).endsWith(", 160 beyond the topic");
    assertThat(run.exitCode()).isZero();
  }

  private Told start(String name, String alerting, Configuration flink, Duration away)
      throws Exception {
    stack.kafka().createTopic(name, PARTITIONS, Map.of());
    try (Connection connection = stack.database().connection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    Path file = config(name, alerting);
    TelemetryConfig config =
        YamlLoader.ofProcess().loadOver("telemetry.yaml", file, TelemetryConfig.class);
    Migrations.apply(config.postgres());

    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, away);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(1);
    DataStream<AlertEvent> events =
        env.fromSource(
                new DataGeneratorSource<>(
                    ReconcileCommandITCase::event,
                    EVENTS,
                    RateLimiterStrategy.perSecond(EVENTS_PER_SECOND),
                    TypeInformation.of(AlertEvent.class)),
                WatermarkStrategy.noWatermarks(),
                "events")
            .uid("events");
    Sinks.attach(
        events.map(new HaltBeforeCommit(name)).uid("halt"), new DiscardingSink<>(), "nowhere");
    Sinks.attach(
        events,
        KafkaSinks.alerts(config.kafka(), config.alerting(), env.getConfiguration(), name, name),
        "alerts-sink");
    Sinks.attach(
        events,
        IncidentRows.sink(new RowTarget(config.postgres(), config.sink(), config.kafka())),
        "incidents-sink");
    return new Told(name, file, stack.flink().submit(env));
  }

  private Path config(String name, String alerting) throws IOException {
    return Files.writeString(
        folder.resolve("telemetry-" + name + ".yaml"),
        """
        kafka: {bootstrap_servers: "%s"}
        alerting: {topic: %s, delivery: exactly-once%s}
        postgres: {url: "%s", user: %s}
        sink: {flush_interval: PT0.1S}
        """
            .formatted(
                stack.kafka().bootstrapServers(),
                name,
                alerting,
                url(name),
                stack.database().user()));
  }

  /** Waits for it, and looks that it came in time: what is pending is not to be read yet. */
  private Halt awaitHalt(Told told) {
    await("halt").atMost(TIMEOUT).until(() -> HaltBeforeCommit.of(told.name()) != null);
    Set<String> written = ids(topics.readAll(told.name()));
    Set<String> committed = ids(topics.readCommitted(told.name()));
    Halt halt = HaltBeforeCommit.of(told.name());
    assertThat(halt.awayFor()).as("not back yet").isNull();
    assertThat(written).containsAll(halt.pending());
    assertThat(halt.pending()).isNotEmpty();
    assertThat(committed).doesNotContainAnyElementsOf(halt.pending());
    return halt;
  }

  /** How long it was away. */
  private Duration awaitEnd(Told told) {
    assertThat(stack.flink().awaitEnd(told.job(), TIMEOUT)).isEqualTo(JobStatus.FINISHED);
    return HaltBeforeCommit.of(told.name()).awayFor();
  }

  /** Ids of the events that a reader of committed messages does not find. */
  private Set<String> missing(Told told) {
    Set<String> missing = new HashSet<>();
    LongStream.range(0, EVENTS).forEach(i -> missing.add(event(i).eventId()));
    missing.removeAll(ids(topics.readCommitted(told.name())));
    return missing;
  }

  private static Set<String> ids(List<ConsumerRecord<byte[], byte[]>> messages) {
    Set<String> ids = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      ids.add(((Decoded.Ok<AlertEvent>) CODEC.decode(message.value())).value().eventId());
    }
    return ids;
  }

  /** What is to be said of each alert, by its id. */
  private static Map<String, String> expectedGaps(Set<String> missing) {
    Map<String, String> gaps = new HashMap<>();
    for (int alert = 0; alert < ALERTS; alert++) {
      boolean begins = !missing.contains(eventId(alert, AlertStatus.FIRING));
      boolean ends = !missing.contains(eventId(alert, AlertStatus.RESOLVED));
      boolean isOver = alert < STEPS - OPEN;
      if (!begins && (!ends || !isOver)) {
        gaps.put(alertId(alert), "no event of it is in the topic");
      } else if (!begins) {
        gaps.put(alertId(alert), "the beginning is not in the topic");
      } else if (!ends) {
        gaps.put(alertId(alert), "the end is not in the topic");
      }
    }
    return gaps;
  }

  /** In turn one alert begins and one before it ends; where there is none yet, another begins. */
  private static AlertEvent event(long i) {
    int newest = (int) (i / 2);
    boolean over = i % 2 == 1 && newest >= OPEN;
    int alert = over ? newest - OPEN : i % 2 == 1 ? STEPS + newest : newest;
    AlertStatus status = over ? AlertStatus.RESOLVED : AlertStatus.FIRING;
    long firedAtMs = START_MS + alert * 1000L;
    return new AlertEvent(
        alertId(alert),
        eventId(alert, status),
        "series-" + alert,
        "Hot",
        "v1",
        status,
        true,
        null,
        Map.of("device_id", "d" + alert),
        Map.of(),
        "heat_mean > 80",
        81.0,
        80.0,
        "heat_mean is 81",
        firedAtMs - 5000,
        firedAtMs,
        over ? Long.valueOf(firedAtMs + 10_000) : null,
        null,
        null,
        Map.of(),
        List.of());
  }

  private static String alertId(int alert) {
    return "alert-" + alert;
  }

  private static String eventId(int alert, AlertStatus status) {
    return alertId(alert) + "-" + status;
  }

  private String url(String database) {
    return stack.database().jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
  }

  private Connection database(String name) throws SQLException {
    return DriverManager.getConnection(url(name));
  }

  /**
   * What the command said.
   *
   * @param gaps what is missing, by alert id
   */
  private record Run(int exitCode, Map<String, String> gaps, String summary) {}

  private Run reconcile(Told told, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all =
        new ArrayList<>(List.of("alerts", "reconcile", "--config", told.config().toString()));
    all.addAll(List.of(options));
    int exitCode =
        Tidewatch.command()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    List<String> lines = out.toString().lines().toList();
    Map<String, String> gaps = new HashMap<>();
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertThat(
              gaps.put(
                  line.substring(0, line.indexOf(' ')), line.substring(line.lastIndexOf(": ") + 2)))
          .as("one gap an alert")
          .isNull();
    }
    return new Run(exitCode, gaps, lines.get(lines.size() - 1));
  }
}
