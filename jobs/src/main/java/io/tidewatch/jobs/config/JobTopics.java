package io.tidewatch.jobs.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The topics that a job reads and writes, each with the key of the configuration that names it. No
 * job makes one.
 */
public final class JobTopics {
  private final Map<String, String> keys = new LinkedHashMap<>();

  /** One that a key names; none when it is empty. */
  public JobTopics add(String key, String topic) {
    if (!topic.isEmpty()) {
      keys.putIfAbsent(topic, key);
    }
    return this;
  }

  /** An input and where its dead letters go. */
  public JobTopics addInput(String key, InputConfig input) {
    return add(key, input.topic()).add(key, input.deadLetterTopic());
  }

  /** Those of the alerts and their rules. */
  public JobTopics addAlerting(AlertingConfig alerting) {
    return add("alerting.topic", alerting.topic())
        .add("alerting.state_topic", alerting.stateTopic())
        .add("alerting.rules_topic", alerting.rulesTopic())
        .add("alerting.status_topic", alerting.statusTopic());
  }

  /** That of the rows that a database refuses, where a stream goes to one. */
  public JobTopics addRefused(SinkConfig sink, Collection<StreamSink> sinks) {
    boolean rows = sinks.contains(StreamSink.TIMESCALE) || sinks.contains(StreamSink.TDENGINE);
    return rows ? add("sink.refused_topic", sink.refusedTopic()) : this;
  }

  /** The key of each topic, in the order in which they were added. */
  public Map<String, String> keys() {
    return Collections.unmodifiableMap(keys);
  }
}
