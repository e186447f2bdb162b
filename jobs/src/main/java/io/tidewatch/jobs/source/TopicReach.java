package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * How far back a topic reaches; what was before that is gone by its retention.
 *
 * @param oldestMs of each partition in the order of their numbers: time of its oldest message,
 *     milliseconds since the epoch; {@code Long.MIN_VALUE} where nothing is gone, {@code
 *     Long.MAX_VALUE} where all is
 */
public record TopicReach(List<Long> oldestMs) {

  public TopicReach {
    oldestMs = List.copyOf(oldestMs);
  }

  /** The same of the partition where Kafka's clients put messages of that key. */
  public long oldestMs(String key) {
    int partition = Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % oldestMs.size();
    return oldestMs.get(partition);
  }
}
