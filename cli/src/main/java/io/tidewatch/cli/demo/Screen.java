package io.tidewatch.cli.demo;

import io.tidewatch.cli.input.Fault;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the demo shows. On a terminal one picture that changes in place; elsewhere the same text
 * every ten seconds.
 */
final class Screen {
  private static final int LAST_ALERTS = 6;
  private static final int PLAIN_EVERY = 10;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final boolean terminal;
  private String heading = "";
  private int shown;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void say(String line) {
    out.println(line);
  }

  /** Where to look; stays on top. */
  void start(EmbeddedStack stack, DemoFolder folder, List<Fault> faults, @Nullable String replay) {
    EmbeddedStack.Took took = stack.took();
    StringBuilder text = new StringBuilder();
    line(text, "Tidewatch demo: real jobs, real Kafka, PostgreSQL and Flink, in this process");
    line(text, "");
    line(text, "  Flink UI    %s", stack.flink().webUrl());
    line(text, "  PostgreSQL  %s", stack.database().jdbcUrl());
    line(text, "  Kafka       %s", stack.kafka().bootstrapServers());
    line(
        text,
        "  topics      %s, %s: each with .dlq and .late",
        DemoTopics.TELEMETRY,
        DemoTopics.LATENCY);
    line(
        text,
        "              %s, %s, %s: each with .dlq",
        DemoTopics.FEATURES,
        DemoTopics.WINDOWS,
        DemoTopics.MODELS);
    line(text, "              %s, %s", DemoTopics.SCORES, DemoTopics.ALERTS);
    line(text, "  data, log   %s", folder.path());
    line(text, "");
    line(text, "  host        REAL       this machine: CPU, memory, disk, network, once a second");
    if (replay != null) {
      line(text, "  replay      RECORDED   %s", replay);
    }
    line(text, "  welding     SIMULATED  8 devices, 10 readings a second each");
    line(text, "  shop-sim    SIMULATED  API requests; now and then a broken and a late message");
    for (Fault fault : faults) {
      line(
          text,
          "  fault       SIMULATED  %3d s to %3d s, %s → %s",
          fault.start().toSeconds(),
          fault.end().toSeconds(),
          fault.target(),
          fault.rule());
    }
    line(text, "");
    line(
        text,
        "  started     Kafka %s, PostgreSQL %s, Flink %s, side by side",
        seconds(took.kafka()),
        seconds(took.database()),
        seconds(took.flink()));
    heading = text.toString();
    if (!terminal) {
      out.print(heading);
    }
  }

  void firstRow(Duration sinceStart) {
    String line = "  first row   %s after the start of the JVM%n%n".formatted(seconds(sinceStart));
    heading += line;
    if (!terminal) {
      out.print(line);
    }
  }

  /** Called once a second. */
  void show(Duration running, Observation seen) {
    if (terminal) {
      out.print("\033[H\033[2J" + heading + picture(running, seen));
      out.flush();
    } else if (shown++ % PLAIN_EVERY == 0) {
      out.print(picture(running, seen));
    }
  }

  /** The last picture, on a terminal or not. */
  void end(Duration running, Observation seen) {
    out.print((terminal ? "\033[H\033[2J" + heading : "") + picture(running, seen));
    out.flush();
  }

  private static String picture(Duration running, Observation seen) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%-24s %10s %9s %7s %10s",
        "after " + running.truncatedTo(ChronoUnit.SECONDS).toSeconds() + " s",
        "records in",
        "rejected",
        "late",
        "rows");
    row(text, "device telemetry", seen.telemetry());
    row(text, "API latency", seen.latency());
    line(text, "%-24s %10d", "windows fired", seen.windows());
    line(
        text,
        "%-24s %10d   restarts of the jobs %d",
        "alert events",
        seen.alerts().size(),
        seen.restarts());
    Observation.Busiest busiest = seen.busiest();
    if (busiest != null) {
      line(
          text,
          "%-24s P50 %.1f ms   P95 %.1f ms   P99 %.1f ms   %.1f/s   errors %.1f %%",
          busiest.endpoint(),
          busiest.p50Ms(),
          busiest.p95Ms(),
          busiest.p99Ms(),
          busiest.ratePerSecond(),
          busiest.errorRatePercent());
    }
    scores(text, seen.scores());
    List<AlertEvent> alerts = seen.alerts();
    line(text, "");
    line(text, alerts.isEmpty() ? "no alerts yet" : "last alerts");
    for (AlertEvent event :
        alerts.subList(Math.max(0, alerts.size() - LAST_ALERTS), alerts.size())) {
      Long resolvedAtMs = event.resolvedAtMs();
      line(
          text,
          "  %s %-8s %-20s %s: %s",
          CLOCK.format(
              Instant.ofEpochMilli(resolvedAtMs == null ? event.firedAtMs() : resolvedAtMs)),
          event.status() == AlertStatus.FIRING ? "FIRING" : "resolved",
          event.rule(),
          event.labels().getOrDefault("device_id", event.labels().getOrDefault("endpoint", "")),
          event.reason());
    }
    line(text, "");
    return text.toString();
  }

  private static void scores(StringBuilder text, Observation.Scores scores) {
    line(
        text,
        "%-24s %10d   of single metrics %d   scored %d   anomalies %d",
        "anomaly rows",
        scores.whole() + scores.single(),
        scores.single(),
        scores.scored(),
        scores.anomalies());
    Observation.Latest latest = scores.latest();
    if (latest != null) {
      line(
          text,
          "%-24s %s %s: %.3f, threshold %.3f%s",
          latest.anomaly() ? "last anomaly" : "last score",
          latest.entity(),
          latest.metric(),
          latest.score(),
          latest.threshold(),
          latest.anomaly() ? ", " + latest.severity() + because(latest) : "");
    }
  }

  private static String because(Observation.Latest latest) {
    return latest.attribution().isEmpty() ? "" : ", most of it " + latest.attribution();
  }

  private static void row(StringBuilder text, String name, Observation.Stream stream) {
    line(
        text,
        "%-24s %10d %9d %7d %10d",
        name,
        stream.in(),
        stream.rejected(),
        stream.late(),
        stream.rows());
  }

  private static void line(StringBuilder text, String format, Object... args) {
    text.append(String.format(Locale.ROOT, format, args)).append(System.lineSeparator());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
