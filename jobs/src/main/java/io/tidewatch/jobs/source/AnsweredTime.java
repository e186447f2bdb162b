package io.tidewatch.jobs.source;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Time in which Kafka answered. It stands still while Kafka is away, so that a partition is silent
 * only for as long as Kafka said that there was nothing on it.
 *
 * <p>Without this an outage makes all partitions idle. The first of them to be read afterwards then
 * moves event time on alone, and what the others received in the meantime comes late.
 */
final class AnsweredTime implements RelativeClock {
  /**
   * More than this between two answers is an outage, of which this much counts. A consumer asks
   * again at once, and is answered after {@code fetch.max.wait.ms} (500 ms) at the latest.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final RelativeClock time;
  private final DoubleSupplier answers;
  private double lastAnswers;
  private long lastNanos;
  private long answeredNanos;

  /**
   * @param time the time that passes in any case
   * @param answers how often Kafka has answered; not a number where nobody knows; each look counts
   *     as an answer then
   */
  AnsweredTime(RelativeClock time, DoubleSupplier answers) {
    this.time = time;
    this.answers = answers;
    this.lastAnswers = answers.getAsDouble();
    this.lastNanos = time.relativeTimeNanos();
    this.answeredNanos = lastNanos;
  }

  @Override
  public long relativeTimeMillis() {
    return Duration.ofNanos(relativeTimeNanos()).toMillis();
  }

  @Override
  public long relativeTimeNanos() {
    double now = answers.getAsDouble();
    if (now != lastAnswers) { // so does what is not a number
      long nanos = time.relativeTimeNanos();
      answeredNanos += Math.min(nanos - lastNanos, LONGEST_WAIT.toNanos());
      lastNanos = nanos;
      lastAnswers = now;
    }
    return answeredNanos;
  }
}
