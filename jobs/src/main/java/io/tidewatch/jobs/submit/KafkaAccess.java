package io.tidewatch.jobs.submit;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka lets a job in and has its topics, asked before anything is built. Left to the
 * source and the sinks, a wrong password or a topic that is not there is found out by a task, and
 * the job is restarted for ever; or a broker makes the topic as it makes them all, without
 * compaction.
 */
final class KafkaAccess {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private KafkaAccess() {}

  /**
   * Asks for the brokers, then for the topics.
   *
   * @throws ConfigException naming the key of what is wrong
   */
  static void require(KafkaNeeds needs) {
    KafkaConfig kafka = needs.kafka();
    Properties properties = kafka.clientProperties();
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    @Nullable Admin admin = null;
    try {
      admin = Admin.create(properties);
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      requireTopics(admin, needs);
    } catch (ExecutionException | KafkaException e) {
      throw refused(kafka, e);
    } catch (TimeoutException e) {
      throw unreached(kafka);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigException("kafka: interrupted before the brokers answered");
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private static void requireTopics(Admin admin, KafkaNeeds needs)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, String> keys = needs.topics().keys();
    var described = admin.describeTopics(keys.keySet()).topicNameValues();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, String> topic : keys.entrySet()) {
      try {
        Objects.requireNonNull(described.get(topic.getKey()))
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            && !(e.getCause() instanceof TopicAuthorizationException)) {
          throw e;
        }
        missing.add("%s (%s)".formatted(topic.getKey(), topic.getValue()));
      }
    }
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "kafka.bootstrap_servers: must be brokers that show the job its topics, those at '%s' do"
                  .formatted(needs.kafka().bootstrapServers())
              + " not show "
              + String.join(", ", missing));
    }
  }

  /** The text of causes is told where it cannot hold a secret. */
  private static ConfigException refused(KafkaConfig kafka, Exception failure) {
    if (cause(failure, SaslAuthenticationException.class) != null) {
      return new ConfigException(
          "kafka.properties.%s: must be a user and a password that the brokers know, is not"
              .formatted(SaslConfigs.SASL_JAAS_CONFIG));
    }
    GeneralSecurityException security = cause(failure, GeneralSecurityException.class);
    if (cause(failure, SslAuthenticationException.class) != null && security != null) {
      return distrusted(kafka, failure);
    }
    if (cause(failure, org.apache.kafka.common.errors.TimeoutException.class) != null) {
      return unreached(kafka);
    }
    IOException file = cause(failure, IOException.class);
    Throwable told = file == null ? security : file;
    return new ConfigException(
        "kafka.properties: must be settings with which the brokers can be reached, are not (%s)"
            .formatted(told == null ? last(failure).getClass().getSimpleName() : told.toString()));
  }

  private static ConfigException distrusted(KafkaConfig kafka, Exception failure) {
    if (cause(failure, CertPathBuilderException.class) != null) {
      return new ConfigException(
          "kafka.properties.%s: must hold who signed the certificates of the brokers at '%s', does not"
              .formatted(trust(kafka), kafka.bootstrapServers()));
    }
    CertificateException dates = cause(failure, CertificateExpiredException.class);
    if (dates == null) {
      dates = cause(failure, CertificateNotYetValidException.class);
    }
    if (dates != null) {
      return new ConfigException(
          "kafka.bootstrap_servers: must be brokers whose certificates are valid today, was '%s' (%s)"
              .formatted(kafka.bootstrapServers(), dates.getMessage()));
    }
    return new ConfigException(
        "kafka.bootstrap_servers: must be names that the certificates of the brokers are for,"
            + " was '%s' (%s)".formatted(kafka.bootstrapServers(), last(failure).getMessage()));
  }

  private static ConfigException unreached(KafkaConfig kafka) {
    return new ConfigException(
        "kafka.bootstrap_servers: must be brokers that answer over %s (kafka.properties.%s), was '%s'"
            .formatted(
                kafka
                    .properties()
                    .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"),
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                kafka.bootstrapServers()));
  }

  /** The key of what is trusted; of what the JDK trusts where there is none. */
  private static String trust(KafkaConfig kafka) {
    return kafka.properties().containsKey(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG)
        ? SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG
        : SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static Throwable last(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last;
  }
}
