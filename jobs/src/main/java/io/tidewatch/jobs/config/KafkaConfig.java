package io.tidewatch.jobs.config;

import java.util.Map;
import java.util.Properties;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param properties further client properties, for example of TLS and SASL; for source and sinks
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> properties) {

  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "bootstrap_servers: must be host:port[,host:port…], was empty");
    }
    properties = Map.copyOf(properties);
  }

  /** The further properties as Kafka's clients take them. */
  public Properties clientProperties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  @Override
  public String toString() {
    return "KafkaConfig[" + bootstrapServers + ", properties " + properties.keySet() + "]";
  }
}
