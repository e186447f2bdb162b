package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.TargetSettings;
import io.tidewatch.notifier.deliver.Channel;
import io.tidewatch.notifier.deliver.Outcome;
import io.tidewatch.notifier.deliver.Pause;
import io.tidewatch.notifier.http.HttpPoster;
import io.tidewatch.notifier.http.TargetPolicy;
import io.tidewatch.notifier.message.AlertmanagerJson;
import io.tidewatch.notifier.message.SlackText;
import io.tidewatch.notifier.message.SmsText;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;

/** Makes the channels of a configuration. */
public final class Channels {
  private static final String JSON = "application/json";

  private final TargetSettings targets;
  private final TargetPolicy policy;
  private final DnsResolver names;

  /**
   * @param names the name service
   * @throws IllegalArgumentException naming the key, for targets that cannot be understood
   */
  public Channels(TargetSettings targets, DnsResolver names) {
    this.targets = targets;
    this.policy = new TargetPolicy(targets);
    this.names = names;
  }

  /**
   * A channel that sends messages.
   *
   * @throws IllegalArgumentException naming the key, when its target is not allowed
   */
  public Channel channel(ChannelConfig channel) {
    ChannelSettings settings = channel.settings();
    if (settings instanceof ChannelSettings.Email email) {
      if (!email.from().matches("[^@\\s<>]+@[^@\\s<>]+")) {
        throw new IllegalArgumentException(
            key(channel, "email.from") + "must be an address such as alerts@example.com");
      }
      return new EmailChannel(email, targets.requestTimeout());
    }
    if (settings instanceof ChannelSettings.Slack slack) {
      return new HttpChannel(
          poster(),
          target(key(channel, "slack.webhook_url"), slack.webhookUrl().reveal()),
          Map.of(),
          JSON,
          SlackText::body);
    }
    if (settings instanceof ChannelSettings.Webhook webhook) {
      return new HttpChannel(
          poster(),
          target(key(channel, "webhook.url"), webhook.url().reveal()),
          webhook.headers(),
          JSON,
          AlertmanagerJson::webhook);
    }
    if (settings instanceof ChannelSettings.Sms sms) {
      return new HttpChannel(
          poster(),
          target(key(channel, "sms.url"), sms.url().reveal()),
          sms.headers(),
          sms.contentType(),
          notification -> SmsText.body(sms, notification));
    }
    throw new IllegalArgumentException(key(channel, "kind") + "must send messages, does not");
  }

  /**
   * A channel that mirrors what is active.
   *
   * @param watch hears of each post
   * @throws IllegalArgumentException naming the key, when its target is not allowed
   */
  public AlertmanagerMirror mirror(
      ChannelConfig channel,
      ChannelSettings.Alertmanager settings,
      Pause pause,
      Consumer<Outcome> watch) {
    String base = settings.url().reveal().replaceAll("/+$", "");
    URI target = target(key(channel, "alertmanager.url"), base + "/api/v2/alerts");
    return new AlertmanagerMirror(poster(), target, settings, pause, watch);
  }

  private HttpPoster poster() {
    return new HttpPoster(targets, policy, names, Clock.systemUTC());
  }

  private URI target(String key, String url) {
    try {
      return policy.require(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + e.getMessage(), e);
    }
  }

  private static String key(ChannelConfig channel, String key) {
    return "channels." + channel.name() + "." + key + ": ";
  }
}
