package io.tidewatch.testkit;

import io.tidewatch.testkit.process.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * The programs of a Flink distribution, from its jars: what the shell scripts of the distribution
 * would run. All of them share one configuration, which lies below one folder.
 */
public final class FlinkCommands {
  /** Sessions of ZooKeeper end after some ticks: this is what a JobManager that died costs. */
  private static final int TICK_MS = 500;

  private final Path folder;
  private final Path logging;
  private final String classpath;
  private final Configuration shipped;
  private final int restPort = LoopbackPorts.free();

  /**
   * @param lib the jars of a Flink distribution
   * @param shippedConf folder with the {@code config.yaml} that users run
   * @param folder an existing folder for all that is written
   * @param overrides settings that win over the shipped ones and over the ones chosen here
   */
  public FlinkCommands(Path lib, Path shippedConf, Path folder, Map<String, String> overrides) {
    this.folder = folder.toAbsolutePath();
    this.logging = shippedConf.resolve("log4j.properties").toAbsolutePath();
    this.classpath = lib.toAbsolutePath() + File.separator + "*";
    this.shipped = GlobalConfiguration.loadConfiguration(shippedConf.toString());
    writeConfiguration(overrides);
  }

  /** Settings of a cluster whose JobManager may die, with a ZooKeeper at that port. */
  public static Map<String, String> highAvailability(Path folder, int zooKeeperPort) {
    return Map.of(
        "high-availability.type",
        "zookeeper",
        "high-availability.zookeeper.quorum",
        "127.0.0.1:" + zooKeeperPort,
        "high-availability.cluster-id",
        "/tidewatch",
        "high-availability.storageDir",
        folder.resolve("ha").toAbsolutePath().toUri().toString());
  }

  /** Where the JobManager, whichever start of it, answers. */
  public String restUrl() {
    return "http://127.0.0.1:" + restPort;
  }

  /** Where everything is written, the output of the servers too. */
  public Path folder() {
    return folder;
  }

  /** A JobManager. */
  public ServerProcess jobManager() {
    List<String> command =
        java(
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            flags("-Xmx448m"));
    command.addAll(List.of("--configDir", conf().toString()));
    command.addAll(List.of("--executionMode", "cluster"));
    return server("jobmanager", command, "Rest endpoint listening at");
  }

  /** A TaskManager, with its name for its id. */
  public ServerProcess taskManager(int number) {
    String name = "taskmanager-" + number;
    List<String> ask = java("org.apache.flink.runtime.util.bash.BashJavaUtils", List.of());
    ask.addAll(List.of("GET_TM_RESOURCE_PARAMS", "--configDir", conf().toString()));
    List<String> answers =
        outputOf(new ProcessBuilder(ask))
            .lines()
            .filter(line -> line.startsWith("BASH_JAVA_UTILS_EXEC_RESULT:"))
            .map(line -> line.substring("BASH_JAVA_UTILS_EXEC_RESULT:".length()))
            .toList();
    List<String> command =
        java("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", words(answers.get(0)));
    command.addAll(List.of("--configDir", conf().toString()));
    command.addAll(words(answers.get(1)));
    command.add("-D" + TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + name);
    return server(name, command, "Successful registration at resource manager");
  }

  /** The ZooKeeper that comes with Flink, alone. */
  public ServerProcess zooKeeper(int port) {
    Path file = folder.resolve("zoo.cfg");
    try {
      Files.writeString(
          file,
          """
          tickTime=%d
          dataDir=%s
          clientPort=%d
          clientPortAddress=127.0.0.1
          admin.enableServer=false
          """
              .formatted(TICK_MS, Files.createDirectories(folder.resolve("zookeeper")), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        java("org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer", List.of("-Xmx128m"));
    command.addAll(List.of("--zkConfigFile", file.toString(), "--peerId", "1"));
    return server("zookeeper", command, "binding to port");
  }

  /**
   * What {@code flink …} prints.
   *
   * @throws IllegalStateException when its exit code is not 0
   */
  public String flink(Map<String, String> environment, List<String> arguments) {
    List<String> command = java("org.apache.flink.client.cli.CliFrontend", flags("-Xmx256m"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf().toString());
    builder.environment().putAll(environment);
    return outputOf(builder);
  }

  private void writeConfiguration(Map<String, String> overrides) {
    Map<String, String> all = new TreeMap<>(shipped.toMap());
    all.put("metrics.reporter.prom.port", "0");
    all.put("jobmanager.rpc.address", "127.0.0.1");
    all.put("jobmanager.rpc.port", Integer.toString(LoopbackPorts.free()));
    all.put("jobmanager.bind-host", "127.0.0.1");
    all.put("jobmanager.memory.process.size", "900m");
    all.put("rest.address", "127.0.0.1");
    all.put("rest.bind-address", "127.0.0.1");
    all.put("rest.port", Integer.toString(restPort));
    all.put("taskmanager.host", "127.0.0.1");
    all.put("taskmanager.bind-host", "127.0.0.1");
    all.put("taskmanager.memory.process.size", "1100m");
    all.put("parallelism.default", "2");
    // A busy machine answers late.
    all.put("pekko.ask.timeout", "1 min");
    all.put("io.tmp.dirs", folder.resolve("tmp").toString());
    all.put("execution.checkpointing.dir", checkpoints().toUri().toString());
    all.put(
        "execution.checkpointing.savepoint-dir", folder.resolve("savepoints").toUri().toString());
    all.putAll(overrides);
    try {
      Files.createDirectories(conf());
      Files.createDirectories(folder.resolve("tmp"));
      Files.writeString(
          conf().resolve("config.yaml"),
          all.entrySet().stream()
              .map(entry -> entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where checkpoints go, a folder a job. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  private ServerProcess server(String name, List<String> command, String ready) {
    return new ServerProcess(name, command, folder.resolve(name + ".log"), ready);
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.trim().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /** With those that the configuration has for all JVMs; the scripts of Flink add them as well. */
  private List<String> flags(String heap) {
    List<String> flags = new ArrayList<>(words(shipped.get(CoreOptions.FLINK_JVM_OPTIONS)));
    flags.add(heap);
    return flags;
  }

  private List<String> java(String mainClass, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Dlog4j.configurationFile=" + logging);
    command.addAll(List.of("-cp", classpath, mainClass));
    return command;
  }

  private static String outputOf(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(builder.command() + " failed:\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
