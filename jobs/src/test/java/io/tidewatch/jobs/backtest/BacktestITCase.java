package io.tidewatch.jobs.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules would have told of a file, by the topology of the latency job. */
class BacktestITCase {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String RULES =
      """
      groups:
        - name: test
          rules:
            - {alert: ErrorRateHigh, expr: error_rate > 5, for: 5s, labels: {severity: warning}}
            - {alert: Nobody, expr: 'error_rate{service="nobody"} > 5'}
      """;

  @TempDir Path folder;
  private Path input;
  private Path rules;

  /** Half of the 10 requests a second fail from second 20 to second 40. */
  @BeforeEach
  void record() throws Exception {
    ApiLatencyCodec codec = new ApiLatencyCodec();
    StringBuilder lines = new StringBuilder("this is no message\n\n");
    for (int i = 0; i < 600; i++) {
      int status = i >= 200 && i < 400 && i % 2 == 0 ? 503 : 200;
      long timeMs = START.toEpochMilli() + i * 100L;
      byte[] request =
          codec.encode(new ApiLatency("shop", "/checkout", "POST", status, 50, timeMs, null));
      lines.append(new String(request, UTF_8)).append('\n');
    }
    input = Files.writeString(folder.resolve("requests.ndjson"), lines);
    rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
  }

  @Test
  void showsWhatWouldHaveFiredAndWhatNeverMatched() throws Exception {
    Backtest.Result result = run(null, null);
    assertThat(result.refused()).isEqualTo(1);
    assertThat(result.events())
        .extracting(AlertEvent::rule, AlertEvent::status, BacktestITCase::second)
        .containsExactly(
            tuple("ErrorRateHigh", AlertStatus.FIRING, 27L),
            tuple("ErrorRateHigh", AlertStatus.RESOLVED, 49L));
    assertThat(result.statuses())
        .extracting(RuleStatus::rule, RuleStatus::state, RuleStatus::matchedSeries)
        .containsExactly(
            tuple("ErrorRateHigh", RuleState.ACCEPTED, 1L),
            tuple("Nobody", RuleState.NEVER_MATCHED, 0L));
  }

  @Test
  void theSameFileGivesTheSameEvents() throws Exception {
    assertThat(run(null, null).events()).isEqualTo(run(null, null).events());
  }

  @Test
  void takesTheRangeThatIsAskedForOnly() throws Exception {
    assertThat(run(START.plusSeconds(41), null).events()).isEmpty();
    assertThat(run(null, START.plusSeconds(30)).events())
        .first()
        .matches(event -> event.status() == AlertStatus.FIRING);
  }

  private static long second(AlertEvent event) {
    return (Backtest.timeMs(event) - START.toEpochMilli()) / 1_000;
  }

  private Backtest.Result run(@Nullable Instant from, @Nullable Instant to) throws Exception {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    LatencyFiles files =
        LatencyFiles.load(
            new YamlLoader(Map.<String, String>of()::get), JobSpace.shipped("demo/latency.yaml"));
    return new Backtest(env, from, to).latency(files, rules, input);
  }
}
