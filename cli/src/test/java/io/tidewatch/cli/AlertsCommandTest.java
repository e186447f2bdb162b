package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a call of {@code tidewatch alerts}, before anything is connected to. */
class AlertsCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "telemetry.yaml | sinks: {features: [kafka]} | sinks.features: must name timescale, or the job stores no incidents, was [kafka]",
        "latency.yaml   | sinks: {windows: []}       | sinks.windows: must name timescale, or the job stores no incidents, was []",
        "anomaly.yaml   | sinks: {scores: [parquet]}\\nparquet: {path: /x} | sinks.scores: must name timescale, or the job stores no incidents, was [parquet]",
        "telemetry.yaml | alerting: {topics: x}      | alerting.topics: ",
        "alerts.yaml    | alerting: {topic: x}       | or say which with --job",
        "dataset.yaml   | model: press               | must be of a job that alerts, was of a data set"
      })
  void aConfigurationThatCannotBeUsedIsOneLine(String name, String yaml, String said)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), yaml.replace("\\n", "\n"));

    assertThat(reconcile("--config", file.toString())).isEqualTo(1);

    assertThat(err.toString().lines()).singleElement().asString().contains(name, said);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--settled, -PT1S", "--settled, soon", "--since, yesterday", "--job, forecast"})
  void wrongUsageIsOneLine(String option, String value) {
    assertThat(reconcile(option, value)).isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(option, "`tidewatch alerts reconcile --help`");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aCommandIsAskedFor() {
    assertThat(run("alerts")).isEqualTo(2);

    assertThat(err.toString()).contains("`tidewatch alerts --help`");
  }

  private int reconcile(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "alerts";
    all[1] = "reconcile";
    System.arraycopy(options, 0, all, 2, options.length);
    return run(all);
  }

  private int run(String... args) {
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
