package io.tidewatch.notifier.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code delivery} of a channel; what it leaves out is as for all channels. */
public final class DeliveryEntry {
  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Integer queue;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Integer maxAlerts;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Integer burst;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration every;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration retryFirst;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration retryAtMost;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration giveUpAfter;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Boolean sendResolved;

  DeliverySettings over(DeliverySettings base) {
    return new DeliverySettings(
        queue == null ? base.queue() : queue,
        maxAlerts == null ? base.maxAlerts() : maxAlerts,
        burst == null ? base.burst() : burst,
        every == null ? base.every() : every,
        retryFirst == null ? base.retryFirst() : retryFirst,
        retryAtMost == null ? base.retryAtMost() : retryAtMost,
        giveUpAfter == null ? base.giveUpAfter() : giveUpAfter,
        sendResolved == null ? base.sendResolved() : sendResolved);
  }
}
