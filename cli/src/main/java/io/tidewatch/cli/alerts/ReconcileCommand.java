package io.tidewatch.cli.alerts;

import io.tidewatch.cli.validate.Job;
import io.tidewatch.jobs.alerting.Gap;
import io.tidewatch.jobs.alerting.Reconciliation;
import io.tidewatch.jobs.config.AlertingConfig;
import io.tidewatch.jobs.config.AlertingConfig.Delivery;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.StoredIncidents;
import io.tidewatch.jobs.source.TopicReach;
import io.tidewatch.jobs.source.WholeTopic;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch alerts reconcile}: the table of incidents against the alert topic. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description =
        "Holds the table alert_incidents against the alert topic, read_committed, and names what"
            + " one has and the other has not, a line each. All jobs that write to the table must"
            + " write to that topic. While one of them is down, what is missing may still come with"
            + " its restart. Exits 0 without gaps, 1 with gaps; also 1, with one line on standard"
            + " error, when the two cannot be read.")
public final class ReconcileCommand implements Callable<Integer> {
  /** Of alerts that are told at once: a batch of rows and a slow broker. */
  private static final Duration AT_ONCE = Duration.ofMinutes(1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "That of a job, for Kafka, the alert topic and PostgreSQL; default"
              + " flink-conf/jobs/telemetry.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--job",
      paramLabel = "JOB",
      description =
          "The job that the file is for: telemetry, latency or anomaly. Default: the one that has"
              + " the keys of the file, or else begins its name.")
  private @Nullable Job job;

  @Option(
      names = "--settled",
      paramLabel = "DURATION",
      description =
          "Rows and events that are younger are not judged, since the other side may be on its"
              + " way. Default: alerting.transaction_timeout with delivery exactly-once, else PT1M;"
              + " where jobs differ, take the longest.")
  private @Nullable Duration settled;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Only alerts that were triggered then or later, in event time.")
  private @Nullable Instant since;

  private long gaps;
  private long unreadable;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ReconcileCommand() {}

  @Override
  public Integer call() throws SQLException {
    if (settled != null && settled.isNegative()) {
      throw new ParameterException(spec.commandLine(), "--settled: must be ≥ PT0S, was " + settled);
    }
    AlertPlaces places = places();
    AlertingConfig alerting = places.alerting();
    Instant settledAt = Instant.now().minus(settled == null ? settled(alerting) : settled);
    Reconciliation reconciliation =
        new Reconciliation(
            since == null ? Long.MIN_VALUE : since.toEpochMilli(),
            settledAt.toEpochMilli(),
            this::print);
    WholeTopic topic = new WholeTopic(places.kafka(), "alerting.topic", alerting.topic());
    AlertEventCodec codec = new AlertEventCodec();
    topic.read(
        message -> {
          if (codec.decode(message.value()) instanceof Decoded.Ok<AlertEvent> event) {
            reconciliation.event(event.value(), message.timestamp());
          } else {
            unreadable++;
          }
        });
    TopicReach reach = topic.reach();
    StoredIncidents.read(
        places.postgres(), row -> reconciliation.row(row, reach.oldestMs(row.fingerprint())));
    summarise(alerting.topic(), settledAt, reconciliation.finish());
    return gaps == 0 ? 0 : 1;
  }

  private AlertPlaces places() {
    YamlLoader loader = YamlLoader.ofProcess();
    Path shipped =
        Path.of(System.getProperty("tidewatch.home", "."), "flink-conf", "jobs", "telemetry.yaml");
    Path file = (config == null ? shipped : config).toAbsolutePath();
    return AlertPlaces.load(loader, job == null ? Job.of(loader, file) : job, file);
  }

  private static Duration settled(AlertingConfig alerting) {
    return alerting.delivery() == Delivery.EXACTLY_ONCE ? alerting.transactionTimeout() : AT_ONCE;
  }

  private void print(Gap gap) {
    gaps++;
    spec.commandLine().getOut().println(gap.line());
  }

  private void summarise(String topic, Instant settledAt, Reconciliation.Counts counts) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s and alert_incidents: %d alerts, %d whole, %d with %d gaps, %d younger than %s, %d beyond"
            + " the topic%n",
        topic,
        counts.alerts(),
        counts.alerts() - counts.differing() - counts.young() - counts.beyond(),
        counts.differing(),
        gaps,
        counts.young(),
        settledAt.truncatedTo(ChronoUnit.SECONDS),
        counts.beyond());
    if (unreadable > 0) {
      out.printf("%d messages of the topic are no alert events%n", unreadable);
    }
    out.flush();
  }
}
