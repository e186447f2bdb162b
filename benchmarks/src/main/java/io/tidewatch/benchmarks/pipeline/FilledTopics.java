package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.workload.Workload;
import io.tidewatch.embedded.EmbeddedKafka;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the messages of a plan, one topic each kind and format, of one partition, not compressed.
 */
final class FilledTopics {
  static final String ALERTS = "bench.alerts";
  private static final String VECTORS = "tidewatch.features.v1";
  private static final String WINDOWS = "tidewatch.latency-windows.v1";

  /** Bytes; a fetch of the source then finds batches of the size busy producers make. */
  private static final int BATCH = 64 << 10;

  private FilledTopics() {}

  /** The topic that the run reads. */
  static String topic(PipelineSpec spec) {
    return "bench.%s.%s".formatted(spec.message(), spec.format()).toLowerCase(Locale.ROOT);
  }

  /**
   * Event times end now, so that the clock guard lets all of them in.
   *
   * @param nowMs milliseconds since the epoch
   */
  static void fill(EmbeddedKafka kafka, PipelinePlan plan, long nowMs) {
    kafka.createTopic(ALERTS, 1, Map.of());
    kafka.createTopic(VECTORS, 1, Map.of());
    kafka.createTopic(WINDOWS, 1, Map.of());
    for (PipelineSpec spec : plan.topics()) {
      for (String suffix : new String[] {"", ".dlq", ".late"}) {
        kafka.createTopic(topic(spec) + suffix, 1, Map.of());
      }
      fill(kafka, plan, spec, nowMs);
    }
  }

  private static void fill(EmbeddedKafka kafka, PipelinePlan plan, PipelineSpec spec, long nowMs) {
    Workload workload =
        new Workload(
            PipelinePlan.KEYS,
            PipelinePlan.RATE,
            PipelinePlan.WINDOW_SECONDS,
            plan.sparseSeconds(),
            plan.sparseSeconds() + plan.fullSeconds());
    long shiftMs =
        (nowMs / Workload.SLIDE_MS - workload.seconds()) * Workload.SLIDE_MS - Workload.startMs(0);
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "none");
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      int at = 0;
      for (long second = 0; second < workload.seconds(); second++) {
        for (int i = 0; i < workload.records(second); i++) {
          long timeMs = workload.timeMs(second, i) + shiftMs;
          byte[] message = spec.message().message(spec.format(), workload.key(i), timeMs, at++);
          // Whatever was not written is missed below.
          Future<?> unused = producer.send(new ProducerRecord<>(topic(spec), message));
        }
      }
    }
    long written = kafka.endOffsets(topic(spec));
    if (written != plan.records()) {
      throw new IllegalStateException(
          "%s: must hold %d messages, was %d".formatted(topic(spec), plan.records(), written));
    }
  }
}
