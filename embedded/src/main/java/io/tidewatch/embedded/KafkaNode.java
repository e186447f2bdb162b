package io.tidewatch.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** What a node of Kafka, broker and controller at once, is started with, in whichever process. */
final class KafkaNode {
  static final String BROKER_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int ID = 1;

  private KafkaNode() {}

  /**
   * @param broker host and port that clients find
   * @param controller host and port of the controller
   * @param overrides settings that win over the ones chosen here
   */
  static Map<String, String> settings(
      Path logs, String broker, String controller, Map<String, String> overrides) {
    String brokerListener = BROKER_LISTENER + "://" + broker;
    String controllerListener = CONTROLLER_LISTENER + "://" + controller;
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(ID));
    settings.put("controller.quorum.voters", ID + "@" + controller);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("advertised.listeners", brokerListener);
    settings.put("listeners", brokerListener + "," + controllerListener);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("log.dirs", logs.toString());
    // The time of arrival, which the clock guards compare event time with.
    settings.put("log.message.timestamp.type", "LogAppendTime");
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.retention.ms", "-1");
    // One node has no second one to copy to, and nobody to wait for.
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Few threads and small buffers: a demo's load, started fast. The default of the cleaner's
    // buffer alone is 128 MB of heap.
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.putAll(overrides);
    return settings;
  }

  /** Makes the directory one that a node can begin with, unless it is. */
  static void formatIfNew(Path logs) throws IOException {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER_LISTENER)
          .setMetadataLogDirectory(Optional.of(logs.toString()))
          .addDirectory(logs.toString())
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Kafka could not format " + logs, e);
    }
  }
}
