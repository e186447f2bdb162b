package io.tidewatch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A node of Kafka as a program of its own, which can be killed and started again: the same settings
 * as in {@link EmbeddedKafka}, Kafka's own {@code main}, the class path of this JVM.
 */
public final class KafkaProgram {
  private static final String MAIN = "kafka.Kafka";
  private static final String LOOPBACK = "127.0.0.1:";

  private KafkaProgram() {}

  /**
   * Prepares {@code dir} and tells how the program is started on it, as often as one likes; topics
   * and records which an earlier start left there are served again.
   *
   * @param port of 127.0.0.1 that clients find
   * @param controllerPort another one
   * @param overrides broker settings that win over the ones chosen here
   * @param flags of the JVM
   */
  public static List<String> command(
      Path dir, int port, int controllerPort, Map<String, String> overrides, List<String> flags) {
    Path home = dir.toAbsolutePath();
    Path logs = home.resolve("logs");
    Path file = home.resolve("server.properties");
    var settings = new Properties();
    settings.putAll(
        KafkaNode.settings(logs, LOOPBACK + port, LOOPBACK + controllerPort, overrides));
    try {
      Files.createDirectories(logs);
      KafkaNode.formatIfNew(logs);
      try (Writer out = Files.newBufferedWriter(file)) {
        settings.store(out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka cannot be prepared on " + dir, e);
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, file.toString()));
    return command;
  }
}
