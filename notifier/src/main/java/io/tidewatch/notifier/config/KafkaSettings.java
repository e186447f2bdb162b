package io.tidewatch.notifier.config;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param properties further client properties, for example of TLS and SASL
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) {

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "bootstrap_servers: must be host:port[,host:port…], was empty");
    }
    properties = Map.copyOf(properties);
  }

  /** Properties of a client, with those given here over the ones of the file. */
  public Map<String, Object> client(Map<String, ?> own) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    all.putAll(own);
    return all;
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", properties " + properties.keySet() + "]";
  }
}
