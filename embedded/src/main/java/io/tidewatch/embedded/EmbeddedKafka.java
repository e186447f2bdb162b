package io.tidewatch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller at once, in this JVM.
 *
 * <p>Broker and controller are put together here rather than by {@link KafkaRaftServer}, for two
 * reasons: their sockets are bound before the configuration is written, so that no other process
 * can take a port in between; and a fault is thrown to the caller instead of halting the JVM.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ControllerServer controller;
  private final BrokerServer broker;
  private final String bootstrapServers;
  private @Nullable Admin admin;
  private boolean closed;

  private EmbeddedKafka(ControllerServer controller, BrokerServer broker, String bootstrapServers) {
    this.controller = controller;
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts on {@code dir}; topics and records which an earlier node left there are served again.
   *
   * @param overrides broker settings that win over the ones chosen here
   */
  public static EmbeddedKafka start(Path dir, Map<String, String> overrides) {
    Path logs = dir.toAbsolutePath();
    try (var sockets =
        LoopbackSockets.bind(KafkaNode.BROKER_LISTENER, KafkaNode.CONTROLLER_LISTENER)) {
      Files.createDirectories(logs);
      KafkaNode.formatIfNew(logs);
      return start(
          new KafkaConfig(
              KafkaNode.settings(
                  logs,
                  sockets.hostAndPort(KafkaNode.BROKER_LISTENER),
                  sockets.hostAndPort(KafkaNode.CONTROLLER_LISTENER),
                  overrides)),
          sockets);
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka did not start on " + dir, e);
    }
  }

  /** Starts on {@code dir} with the settings chosen here. */
  public static EmbeddedKafka start(Path dir) {
    return start(dir, Map.of());
  }

  private static EmbeddedKafka start(KafkaConfig config, LoopbackSockets sockets) {
    String bootstrapServers = sockets.hostAndPort(KafkaNode.BROKER_LISTENER);
    var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    var shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            Server.initializeMetrics(
                config, Time.SYSTEM, directories._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                Map.of(KafkaNode.ID, sockets.address(KafkaNode.CONTROLLER_LISTENER))),
            List.of(),
            (name, fatal, action) ->
                (message, cause) -> {
                  LOG.error("Kafka {}: {}", name, message, cause);
                  action.run();
                  return new FaultHandlerException(message, cause);
                },
            sockets);
    var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    var broker = new BrokerServer(shared);
    var kafka = new EmbeddedKafka(controller, broker, bootstrapServers);
    try {
      controller.startup();
      broker.startup();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /** Where a client finds this node. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates a topic; it can be read and written when this returns. */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    createTopics(new NewTopic(name, partitions, (short) 1).configs(configs));
  }

  /** Creates topics; they can be read and written when this returns. */
  public void createTopics(NewTopic... topics) {
    var created = admin().createTopics(Arrays.asList(topics));
    for (NewTopic topic : topics) {
      awaitLeaders(topic.name(), get(created.numPartitions(topic.name())));
    }
  }

  /** The controller knows a new topic now, the broker a moment later. */
  private void awaitLeaders(String topic, int partitions) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        latestOffsets(topic, partitions);
        return;
      } catch (IllegalStateException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  /**
   * The end offsets of all partitions of a topic, added up: the number of records ever written to
   * it, and the markers of transactions, of which every partition a transaction touched has one.
   */
  public long endOffsets(String topic) {
    var description = get(admin().describeTopics(List.of(topic)).allTopicNames()).get(topic);
    int partitions = description == null ? 0 : description.partitions().size();
    return latestOffsets(topic, partitions).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (admin != null) {
      admin.close(PATIENCE);
    }
    broker.shutdown(PATIENCE);
    controller.shutdown();
  }

  private synchronized Admin admin() {
    if (closed) {
      throw new IllegalStateException("Kafka at " + bootstrapServers + " is closed");
    }
    if (admin == null) {
      admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
    return admin;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> latestOffsets(String topic, int partitions) {
    return get(
        admin()
            .listOffsets(
                IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
            .all());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
