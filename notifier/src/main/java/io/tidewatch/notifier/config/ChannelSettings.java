package io.tidewatch.notifier.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where a channel leads. One whose target is empty is off. */
public sealed interface ChannelSettings {

  /** Whether there is a target. */
  boolean isOn();

  /**
   * Mail by SMTP.
   *
   * @param host of the mail server; empty: off
   * @param port 25, 587 or 465
   * @param security of the connection
   * @param user empty where the server asks for none
   * @param password of the user
   * @param from sender, an address
   * @param to receivers, addresses
   */
  record Email(
      String host,
      int port,
      Security security,
      String user,
      Secret password,
      String from,
      List<String> to)
      implements ChannelSettings {

    /** How the connection to the mail server is protected. */
    public enum Security {
      /** Not at all. */
      NONE,
      /** TLS after a greeting; a server without is refused. */
      STARTTLS,
      /** TLS from the first byte. */
      TLS
    }

    public Email {
      to = List.copyOf(to);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port: must be 1 to 65535, was " + port);
      }
      if (to.isEmpty()) {
        throw new IllegalArgumentException("to: must have an address, was empty");
      }
    }

    @Override
    public boolean isOn() {
      return !host.isEmpty();
    }
  }

  /**
   * An incoming webhook of Slack, or of what takes the same JSON.
   *
   * @param webhookUrl whoever has it may post; empty: off
   */
  record Slack(Secret webhookUrl) implements ChannelSettings {
    @Override
    public boolean isOn() {
      return !webhookUrl.isEmpty();
    }
  }

  /**
   * JSON of Alertmanager's webhook, version 4.
   *
   * @param url empty: off
   * @param headers further headers of a request
   */
  record Webhook(Secret url, Map<String, Secret> headers) implements ChannelSettings {
    public Webhook {
      headers = Headers.checked(headers);
    }

    @Override
    public boolean isOn() {
      return !url.isEmpty();
    }
  }

  /**
   * A gateway for short messages, for alerts with {@code severity} {@code critical} only.
   *
   * @param url empty: off
   * @param headers further headers of a request
   * @param contentType of the body: {@code application/json} or {@code
   *     application/x-www-form-urlencoded}
   * @param body with {@code {{text}}} and {@code {{to}}}, which are written as the content type
   *     wants it
   * @param to number; whoever tells several has a channel for each
   */
  record Sms(Secret url, Map<String, Secret> headers, String contentType, String body, String to)
      implements ChannelSettings {

    public static final String JSON = "application/json";
    public static final String FORM = "application/x-www-form-urlencoded";

    public Sms {
      headers = Headers.checked(headers);
      if (!contentType.equals(JSON) && !contentType.equals(FORM)) {
        throw new IllegalArgumentException(
            "content_type: must be " + JSON + " or " + FORM + ", was '" + contentType + "'");
      }
      if (!body.contains("{{text}}")) {
        throw new IllegalArgumentException("body: must have {{text}} in it, had not");
      }
      if (!to.matches("(\\+?[0-9 ()-]{3,30})?")) {
        throw new IllegalArgumentException(
            "to: must be a number such as +491701234567, was '" + to + "'");
      }
    }

    @Override
    public boolean isOn() {
      return !url.isEmpty() && !to.isEmpty();
    }
  }

  /**
   * The alerts of Alertmanager, API v2.
   *
   * @param url of Alertmanager, such as {@code http://alertmanager:9093}; empty: off
   * @param headers further headers of a request
   * @param interval after which all active alerts are posted again, at most a minute
   */
  record Alertmanager(Secret url, Map<String, Secret> headers, Duration interval)
      implements ChannelSettings {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public Alertmanager {
      headers = Headers.checked(headers);
      TargetSettings.requirePositive("interval", interval);
      if (interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("interval: must be ≤ PT1M, was " + interval);
      }
    }

    @Override
    public boolean isOn() {
      return !url.isEmpty();
    }
  }
}
