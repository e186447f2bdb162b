package io.tidewatch.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * A real Flink cluster on loopback: a JobManager and some TaskManagers, each a JVM of its own, from
 * the jars a cluster has. Everything it writes lies below one folder; {@link #close} ends every
 * process it started.
 */
public final class FlinkProcesses implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  private final Path folder;
  private final Path logging;
  private final String classpath;
  private final String restUrl;
  private final Configuration shipped;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Deque<Process> processes = new ArrayDeque<>();

  private FlinkProcesses(Path folder, Path lib, Path shippedConf, int restPort) {
    this.folder = folder;
    this.logging = shippedConf.resolve("log4j.properties").toAbsolutePath();
    this.classpath = lib.toAbsolutePath() + File.separator + "*";
    this.restUrl = "http://127.0.0.1:" + restPort;
    this.shipped = GlobalConfiguration.loadConfiguration(shippedConf.toString());
  }

  /**
   * Starts a cluster and waits until all its TaskManagers have registered.
   *
   * @param lib the jars of a Flink distribution
   * @param shippedConf folder with the {@code config.yaml} that users run
   * @param folder an existing, empty folder
   * @param taskManagers how many, with two slots each
   */
  public static FlinkProcesses start(Path lib, Path shippedConf, Path folder, int taskManagers) {
    int restPort = freePort();
    FlinkProcesses cluster = new FlinkProcesses(folder, lib, shippedConf, restPort);
    try {
      cluster.writeConfiguration(restPort);
      cluster.startJobManager();
      for (int i = 0; i < taskManagers; i++) {
        cluster.startTaskManager(i);
      }
      await("TaskManagers registered")
          .atMost(START_TIMEOUT)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> cluster.registeredTaskManagers() == taskManagers);
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  public String restUrl() {
    return restUrl;
  }

  /** What the REST API answers. */
  public String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(restUrl + path)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@code flink run -d -c mainClass jar arguments…}
   *
   * @return id of the job
   * @throws IllegalStateException when the exit code of the command is not 0
   */
  public String run(Path jar, String mainClass, Map<String, String> environment, String... args) {
    String output = client(List.of("run", "-d"), jar, mainClass, environment, args);
    Matcher submitted = JOB_ID.matcher(output);
    if (!submitted.find()) {
      throw new IllegalStateException("no job id in " + output);
    }
    return submitted.group(1);
  }

  /** {@code flink run -c mainClass jar arguments…} until it ends, with exit code 0 or as above. */
  public void runAttached(Path jar, String mainClass, String... args) {
    client(List.of("run"), jar, mainClass, Map.of(), args);
  }

  private String client(
      List<String> action,
      Path jar,
      String mainClass,
      Map<String, String> environment,
      String... args) {
    List<String> command = java("org.apache.flink.client.cli.CliFrontend", flags("-Xmx256m"));
    command.addAll(action);
    command.addAll(List.of("-c", mainClass, jar.toAbsolutePath().toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", folder.resolve("conf").toString());
    builder.environment().putAll(environment);
    return outputOf(builder);
  }

  /** With those that the configuration has for all JVMs; the scripts of Flink add them as well. */
  private List<String> flags(String heap) {
    List<String> flags = new ArrayList<>(words(shipped.get(CoreOptions.FLINK_JVM_OPTIONS)));
    flags.add(heap);
    return flags;
  }

  /** Ends event time, so that every window fires, and waits until the job has finished. */
  public void drain(String job) {
    send(
        HttpRequest.newBuilder(URI.create(restUrl + "/jobs/" + job + "/stop"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"drain\":true}")));
    await("job " + job + " finished")
        .atMost(START_TIMEOUT)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> get("/jobs/" + job).contains("\"state\":\"FINISHED\""));
  }

  private int registeredTaskManagers() {
    try {
      String overview = get("/overview");
      int at = overview.indexOf("\"taskmanagers\":");
      return at < 0 ? 0 : Integer.parseInt(overview.substring(at + 15).split("[^0-9]", 2)[0]);
    } catch (UncheckedIOException notYetListening) {
      if (processes.stream().anyMatch(process -> !process.isAlive())) {
        throw new IllegalStateException("a process ended; see " + folder, notYetListening);
      }
      return 0;
    }
  }

  private void writeConfiguration(int restPort) {
    Map<String, String> all = new TreeMap<>(shipped.toMap());
    all.put("metrics.reporter.prom.port", "0");
    all.put("jobmanager.rpc.address", "127.0.0.1");
    all.put("jobmanager.rpc.port", Integer.toString(freePort()));
    all.put("jobmanager.bind-host", "127.0.0.1");
    all.put("jobmanager.memory.process.size", "900m");
    all.put("rest.address", "127.0.0.1");
    all.put("rest.bind-address", "127.0.0.1");
    all.put("rest.port", Integer.toString(restPort));
    all.put("taskmanager.host", "127.0.0.1");
    all.put("taskmanager.bind-host", "127.0.0.1");
    all.put("taskmanager.numberOfTaskSlots", "2");
    all.put("taskmanager.memory.process.size", "900m");
    all.put("parallelism.default", "2");
    all.put("io.tmp.dirs", folder.resolve("tmp").toString());
    all.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    all.put(
        "execution.checkpointing.savepoint-dir", folder.resolve("savepoints").toUri().toString());
    try {
      Files.createDirectories(folder.resolve("conf"));
      Files.createDirectories(folder.resolve("tmp"));
      Files.writeString(
          folder.resolve("conf").resolve("config.yaml"),
          all.entrySet().stream()
              .map(entry -> entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startJobManager() {
    List<String> command =
        java(
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            flags("-Xmx448m"));
    command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
    command.addAll(List.of("--executionMode", "cluster"));
    start("jobmanager", command);
  }

  private void startTaskManager(int number) {
    List<String> ask = java("org.apache.flink.runtime.util.bash.BashJavaUtils", List.of());
    ask.addAll(List.of("GET_TM_RESOURCE_PARAMS", "--configDir", folder.resolve("conf").toString()));
    List<String> answers =
        outputOf(new ProcessBuilder(ask))
            .lines()
            .filter(line -> line.startsWith("BASH_JAVA_UTILS_EXEC_RESULT:"))
            .map(line -> line.substring("BASH_JAVA_UTILS_EXEC_RESULT:".length()))
            .toList();
    List<String> command =
        java("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", words(answers.get(0)));
    command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
    command.addAll(words(answers.get(1)));
    start("taskmanager-" + number, command);
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.trim().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private List<String> java(String mainClass, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Dlog4j.configurationFile=" + logging);
    command.addAll(List.of("-cp", classpath, mainClass));
    return command;
  }

  private void start(String name, List<String> command) {
    try {
      processes.push(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    processes.clear();
  }
}
