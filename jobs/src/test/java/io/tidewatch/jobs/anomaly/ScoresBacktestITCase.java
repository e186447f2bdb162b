package io.tidewatch.jobs.anomaly;

import static io.tidewatch.jobs.anomaly.AnomalySpace.TIMEOUT;
import static io.tidewatch.jobs.anomaly.AnomalySpace.WARM_UP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.backtest.Backtest;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.testkit.SharedStack;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules held against scores that the anomaly job has told and stored. */
@ExtendWith(SharedStack.class)
class ScoresBacktestITCase {
  private static final Path RULES = JobSpace.shipped("rules/anomaly.yaml");

  @TempDir Path folder;

  @Test
  void scoresOfTheTopicAndOfTheTableTellWhatTheJobTold(EmbeddedStack stack) throws Exception {
    AnomalySpace space = new AnomalySpace(stack);
    Path config = space.config("every_rows: 0, every_age: 0s, drift_psi: 0");
    space.write(space.usual(0, WARM_UP + 50));
    space.write(List.of(space.planted(WARM_UP + 50, "voltage", "vibration")));
    space.write(space.usual(WARM_UP + 51, 10));
    JobID job = space.start(config, null);
    space.awaitScores(WARM_UP + 61);
    stack.flink().stopWithDrain(job, TIMEOUT);
    List<Tuple> live =
        space.messages(space.space.alertsTopic).stream()
            .map(ScoresBacktestITCase::event)
            .map(ScoresBacktestITCase::told)
            .toList();
    assertThat(live)
        .hasSizeGreaterThanOrEqualTo(2)
        .extracting(event -> event.toList().get(1))
        .contains(AlertStatus.FIRING, AlertStatus.RESOLVED);

    AnomalyFiles files = AnomalyFiles.load(space.loader(), config);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.write("{\"model\":\"welding\"}\n".getBytes(UTF_8));
    for (ConsumerRecord<byte[], byte[]> message : space.messages(space.scores)) {
      lines.write(message.value());
      lines.write('\n');
    }
    Path input = Files.write(folder.resolve("scores.ndjson"), lines.toByteArray());
    Backtest.Result ofTopic = backtest().scores(files, RULES, input);
    assertThat(ofTopic.refused()).isEqualTo(1);
    assertThat(ofTopic.events())
        .extracting(ScoresBacktestITCase::told)
        .containsExactlyInAnyOrderElementsOf(live);
    assertThat(ofTopic.statuses())
        .extracting(RuleStatus::rule, RuleStatus::state, RuleStatus::matchedSeries)
        .containsExactly(
            tuple("AnomalyCritical", RuleState.ACCEPTED, 1L),
            tuple("AnomalyHigh", RuleState.ACCEPTED, 1L));

    Backtest.Result ofTable = backtest().storedScores(files, RULES);
    assertThat(ofTable.events())
        .extracting(ScoresBacktestITCase::told)
        .containsExactlyInAnyOrderElementsOf(live);
    assertThat(ofTable.events()).isSortedAccordingTo(Comparator.comparingLong(Backtest::timeMs));
  }

  private static Backtest backtest() {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    return new Backtest(StreamExecutionEnvironment.getExecutionEnvironment(flink), null, null);
  }

  private static AlertEvent event(ConsumerRecord<byte[], byte[]> message) {
    return ((Decoded.Ok<AlertEvent>) new AlertEventCodec().decode(message.value())).value();
  }

  private static Tuple told(AlertEvent event) {
    return tuple(
        event.eventId(),
        event.status(),
        event.value(),
        event.reason(),
        event.modelVersion(),
        event.attribution());
  }
}
