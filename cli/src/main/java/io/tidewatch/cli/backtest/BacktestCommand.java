package io.tidewatch.cli.backtest;

import io.tidewatch.embedded.ShippedFlinkConf;
import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.backtest.Backtest;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.rule.RuleState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch backtest}: what rules would have told. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description =
        "Replays recorded input through the operators of the job that reads it live, and shows what"
            + " the rules would have told. Sends nothing. Exits 0 with a table, 1 when rules or"
            + " input cannot be used.")
public final class BacktestCommand implements Callable<Integer> {
  private static final String LINE = "%-24s  %-11s  %-3s  %-20s  %-40s  %s%n";

  /** The jobs whose rules can be held against what was recorded. */
  enum Job {
    TELEMETRY,
    LATENCY,
    /** Not its input, but its scores: its models have moved on. */
    ANOMALY
  }

  @Spec private CommandSpec spec;

  @Option(names = "--rules", required = true, paramLabel = "FILE", description = "Rule file.")
  private Path rules;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "One message a line, as in the topic that the job reads; of anomaly, in that of its scores.")
  private @Nullable Path input;

  @Option(
      names = "--postgres",
      description =
          "Instead: the windows, or scores, that the job has stored in the database of its"
              + " configuration.")
  private boolean postgres;

  @Option(
      names = "--job",
      paramLabel = "JOB",
      description = "telemetry, the default, latency or anomaly: whose rules they are.")
  private Job job = Job.TELEMETRY;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "That of the job, for models and windows; default flink-conf/jobs/<job>.yaml.")
  private @Nullable Path config;

  @Option(names = "--from", paramLabel = "T", description = "First event time.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "T", description = "Behind the last event time.")
  private @Nullable Instant to;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public BacktestCommand() {}

  @Override
  public Integer call() throws Exception {
    if ((input == null) != postgres) {
      throw new ParameterException(
          spec.commandLine(),
          "--input: must be given, or --postgres, was " + (postgres ? "both" : "neither"));
    }
    if (input != null && !Files.isReadable(input)) {
      throw new IllegalArgumentException("--input: must be a readable file, was " + input);
    }
    Path home = Path.of(System.getProperty("tidewatch.home", "."), "flink-conf");
    Path shipped = home.resolve("jobs").resolve(job.name().toLowerCase(Locale.ROOT) + ".yaml");
    Path file = (config == null ? shipped : config).toAbsolutePath();
    YamlLoader loader = YamlLoader.ofProcess();
    Backtest backtest = new Backtest(flink(home), from, to);
    Path ruleFile = rules.toAbsolutePath();
    print(
        switch (job) {
          case TELEMETRY -> {
            TelemetryFiles files = TelemetryFiles.load(loader, file);
            yield input == null
                ? backtest.storedTelemetry(files, ruleFile)
                : backtest.telemetry(files, ruleFile, input);
          }
          case LATENCY -> {
            LatencyFiles files = LatencyFiles.load(loader, file);
            yield input == null
                ? backtest.storedLatency(files, ruleFile)
                : backtest.latency(files, ruleFile, input);
          }
          case ANOMALY -> {
            AnomalyFiles files = AnomalyFiles.load(loader, file);
            yield input == null
                ? backtest.storedScores(files, ruleFile)
                : backtest.scores(files, ruleFile, input);
          }
        });
    return 0;
  }

  /** The shipped configuration; what fails here is the input, so it is not tried again. */
  private static StreamExecutionEnvironment flink(Path home) {
    Configuration flink =
        Files.isDirectory(home) ? ShippedFlinkConf.read(home) : new Configuration();
    flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // what collects the results has no id, and nothing is kept that could be found by one
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }

  private void print(Backtest.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(LINE, "time", "status", "to", "rule", "series", "reason");
    for (AlertEvent event : result.events()) {
      out.printf(
          LINE,
          Instant.ofEpochMilli(Backtest.timeMs(event)),
          event.status().name().toLowerCase(Locale.ROOT),
          event.notifies() ? "yes" : "no",
          event.rule(),
          series(event.labels()),
          event.suppressedBy() == null
              ? event.reason()
              : event.reason() + "; " + event.suppressedBy());
    }
    long told = result.events().stream().filter(AlertEvent::notifies).count();
    out.printf(
        "%d transitions, of %d people would have heard; %d lines refused%n",
        result.events().size(), told, result.refused());
    result.statuses().stream()
        .filter(status -> status.state() == RuleState.NEVER_MATCHED)
        .forEach(status -> out.printf("%s: %s%n", status.rule(), status.reason()));
    out.flush();
  }

  private static String series(Map<String, String> labels) {
    return labels.entrySet().stream()
        .filter(label -> !label.getKey().equals("alertname") && !label.getKey().equals("severity"))
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" "));
  }
}
