package io.tidewatch.notifier.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the {@code channels}: a name, exactly one kind, and how it delivers. */
public final class ChannelEntry {
  private final String name;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private ChannelSettings.@Nullable Email email;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private ChannelSettings.@Nullable Slack slack;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private ChannelSettings.@Nullable Webhook webhook;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private ChannelSettings.@Nullable Sms sms;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private ChannelSettings.@Nullable Alertmanager alertmanager;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private DeliveryEntry delivery = new DeliveryEntry();

  /**
   * @param name stands in metrics, in the state and in messages
   */
  @JsonCreator
  public ChannelEntry(@JsonProperty("name") String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "name: must be lower-case letters, digits and '-', at most 40, was '" + name + "'");
    }
    this.name = name;
  }

  /**
   * All of it.
   *
   * @throws IllegalArgumentException naming the channel, when it is of no kind or of two
   */
  ChannelConfig over(DeliverySettings ofAll) {
    List<ChannelSettings> kinds =
        Stream.<@Nullable ChannelSettings>of(email, slack, webhook, sms, alertmanager)
            .filter(Objects::nonNull)
            .map(ChannelSettings.class::cast)
            .toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException(
          "channels."
              + name
              + ": must have one of email, slack, webhook, sms, alertmanager, had "
              + kinds.size());
    }
    try {
      return new ChannelConfig(name, kinds.get(0), delivery.over(ofAll));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("channels." + name + ".delivery." + e.getMessage(), e);
    }
  }
}
