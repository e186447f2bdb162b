package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.codec.AnomalyScoreEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.event.ApiLatency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backtest by the command, with the shipped configuration. */
class BacktestCommandITCase {
  private static final Path ROOT = Path.of(System.getProperty("tidewatch.root"));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void showsATableOfWhatWouldHaveFired() throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    long startMs = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    StringBuilder lines = new StringBuilder();
    for (int second = 0; second < 300; second++) {
      int status = second < 180 ? 500 : 200;
      ApiLatency request =
          new ApiLatency("shop", "/pay", "POST", status, 50, startMs + second * 1_000L, null);
      lines.append(new String(codec.encode(request), UTF_8)).append('\n');
    }
    Path input = Files.writeString(folder.resolve("requests.ndjson"), lines);
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "groups: [{name: a, rules: [{alert: Errors, expr: error_rate > 10, for: 1m}]}]\n");

    assertThat(run(input, "--rules", rules.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("firing", "resolved", "Errors", "endpoint=/pay")
        .contains("2 transitions, of 2 people would have heard; 0 lines refused");
  }

  @Test
  void showsWhatRulesWouldHaveToldOfScores() throws Exception {
    AnomalyScoreEncoder encoder = new AnomalyScoreEncoder();
    StringBuilder lines = new StringBuilder("{}\n");
    for (int minute = 1; minute <= 10; minute++) {
      lines.append(new String(encoder.encode(score(minute)), UTF_8)).append('\n');
    }
    Path input = Files.writeString(folder.resolve("scores.ndjson"), lines);

    int exit =
        Tidewatch.command()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                "backtest",
                "--job",
                "anomaly",
                "--input",
                input.toString(),
                "--rules",
                ROOT.resolve("flink-conf/rules/anomaly.yaml").toString(),
                "--config",
                ROOT.resolve("flink-conf/jobs/anomaly.yaml").toString());

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("firing", "resolved", "AnomalyCritical", "device_id=web-1 metric=_row")
        .contains("1 lines refused");
  }

  /** Critical from the third minute to the fifth. */
  private static AnomalyScore score(int minute) {
    boolean anomaly = minute >= 3 && minute <= 5;
    long endMs = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + minute * 60_000L;
    return new AnomalyScore(
        "host",
        "web-1",
        AnomalyScore.ROW,
        endMs - 60_000,
        endMs,
        anomaly ? 0.75 : 0.25,
        0.5,
        anomaly,
        null,
        anomaly ? Severity.CRITICAL : Severity.INFO,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Map.of(),
        new ModelStatus(ModelState.ACTIVE, "v1", 256, 256),
        false,
        ScoreContext.NONE,
        0);
  }

  @Test
  void refusesRulesThatCannotBeUsedInOneLine() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), "groups: 7\n");
    Path input = Files.writeString(folder.resolve("requests.ndjson"), "{}\n");
    assertThat(run(input, "--rules", rules.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("rules.yaml");
    err.getBuffer().setLength(0);
    assertThat(run(folder.resolve("nowhere"), "--rules", rules.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("--input: must be a readable file");
  }

  private int run(Path input, String... args) {
    String[] all = new String[args.length + 7];
    String[] given = {
      "backtest",
      "--job",
      "latency",
      "--input",
      input.toString(),
      "--config",
      ROOT.resolve("flink-conf/jobs/latency.yaml").toString()
    };
    System.arraycopy(given, 0, all, 0, given.length);
    System.arraycopy(args, 0, all, given.length, args.length);
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
