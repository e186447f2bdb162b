package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.KafkaConfig;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * How often Kafka has answered the consumer of a source, with records or without. Kafka makes one
 * of these for each consumer, as the property {@code metric.reporters} tells it to; watermarks of
 * the same subtask ask {@link #of}. Both are in one JVM, and have nothing else in common.
 */
public final class AnsweredFetches implements MetricsReporter {
  /** Property of a consumer: the source it reads for. */
  private static final String SOURCE = "tidewatch.source";

  private static final String REPORTERS = ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG;
  private static final Map<String, KafkaMetric> TOTALS = new ConcurrentHashMap<>();

  private String consumer = "";
  private @Nullable KafkaMetric total;

  /** The properties of the consumers of a source, whose answers are counted. */
  static Properties counted(KafkaConfig kafka, InputConfig input) {
    Properties properties = kafka.clientProperties();
    properties.put(SOURCE, source(input));
    String reporters =
        properties.getProperty(REPORTERS, JmxReporter.class.getName()); // Kafka's default
    properties.put(REPORTERS, reporters + "," + AnsweredFetches.class.getName());
    return properties;
  }

  /**
   * The number of requests of a subtask of a {@link #source} that Kafka has answered since its
   * consumer was made; not a number where no consumer is known.
   */
  static double of(String source, @Nullable String subtask) {
    KafkaMetric total = TOTALS.get(consumer(source, subtask));
    return total == null ? Double.NaN : (double) total.metricValue();
  }

  /** The name of the source that reads an input. */
  static String source(InputConfig input) {
    return input.groupId() + "/" + input.topic();
  }

  private static String consumer(@Nullable Object source, @Nullable String subtask) {
    return source + "-" + subtask;
  }

  /** The id of a client of Flink's source ends with the index of its subtask. */
  @Override
  public void configure(Map<String, ?> configs) {
    String clientId = String.valueOf(configs.get(ConsumerConfig.CLIENT_ID_CONFIG));
    consumer = consumer(configs.get(SOURCE), clientId.substring(clientId.lastIndexOf('-') + 1));
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    if (metric.metricName().name().equals("fetch-total")
        && metric.metricName().group().equals("consumer-fetch-manager-metrics")) {
      total = metric;
      TOTALS.put(consumer, metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    TOTALS.remove(consumer, metric);
  }

  @Override
  public void close() {
    if (total != null) {
      TOTALS.remove(consumer, total);
    }
  }
}
