package io.tidewatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.jobs.config.AvroConfig;
import io.tidewatch.jobs.config.EventTimeConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of two subtasks on an empty topic, first with Kafka, then without. */
class AnsweredFetchesITCase {
  private static final InputConfig INPUT =
      new InputConfig(
          "empty",
          "answered-fetches",
          InputConfig.Start.EARLIEST,
          1_000,
          InputConfig.Format.JSON,
          new AvroConfig("", Map.of()));
  private static final EventTimeConfig EVENT_TIME =
      new EventTimeConfig(
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ofSeconds(30),
          Duration.ofDays(1),
          Instant.EPOCH);

  @Test
  void answersWithoutRecordsCountAndAKafkaThatIsAwayGivesNone(@TempDir Path dir) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(dir);
    JobClient job = null;
    try {
      kafka.createTopic(INPUT.topic(), 2, Map.of());
      job = read(new KafkaConfig(kafka.bootstrapServers(), Map.of()));
      for (String subtask : new String[] {"0", "1"}) {
        await("subtask " + subtask + " is answered")
            .atMost(Duration.ofMinutes(1))
            .until(() -> answers(subtask) > 3);
      }

      kafka.close();
      double last = answers("0");
      await("no answers any more")
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(20))
          .until(() -> answers("0") == last);
    } finally {
      kafka.close();
      if (job != null) {
        job.cancel().get();
      }
    }
    await("the consumer is closed")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(answers("0")).isNaN());
  }

  private static double answers(String subtask) {
    return AnsweredFetches.of(AnsweredFetches.source(INPUT), subtask);
  }

  private static JobClient read(KafkaConfig kafka) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
    env.fromSource(
            KafkaSources.decoding(
                kafka,
                INPUT,
                EVENT_TIME,
                new ApiLatencyCodec(),
                ApiLatency::eventTimeMs,
                ApiLatency.class),
            InboundWatermarks.strategy(EVENT_TIME, INPUT, ApiLatency::eventTimeMs),
            "requests")
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync();
  }
}
