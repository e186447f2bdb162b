package io.tidewatch.testkit;

import static org.awaitility.Awaitility.await;

import io.tidewatch.testkit.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Flink cluster on loopback: a JobManager and some TaskManagers, each a JVM of its own, from
 * the jars a cluster has. Everything it writes lies below one folder; {@link #close} ends every
 * process it started.
 */
public final class FlinkProcesses implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Flink gives up a start after ten seconds, which a busy machine may need more than once. */
  private static final int MOST_FAILED_STARTS = 20;

  /** A JobManager that is frozen or on its way out does not answer; the next one may. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private static final Pattern END = Pattern.compile("\"state\":\"(FINISHED|CANCELED|FAILED)\"");
  private static final Pattern TASK_MANAGER =
      Pattern.compile("\"id\":\"([^\"]+)\".*?\"slotsNumber\":(\\d+),\"freeSlots\":(\\d+)");
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  private final FlinkCommands commands;
  private final Supervisor supervisor;
  private final HttpClient http = HttpClient.newHttpClient();

  private FlinkProcesses(FlinkCommands commands, Supervisor supervisor) {
    this.commands = commands;
    this.supervisor = supervisor;
  }

  /**
   * Starts a cluster and waits until all its TaskManagers have registered.
   *
   * @param lib the jars of a Flink distribution
   * @param shippedConf folder with the {@code config.yaml} that users run
   * @param folder an existing, empty folder
   * @param taskManagers how many
   */
  public static FlinkProcesses start(Path lib, Path shippedConf, Path folder, int taskManagers) {
    return start(
        new FlinkCommands(lib, shippedConf, folder, Map.of()), new Supervisor(), taskManagers);
  }

  /**
   * Starts a cluster under a supervisor, which the cluster closes, and waits until all its
   * TaskManagers have registered.
   */
  public static FlinkProcesses start(
      FlinkCommands commands, Supervisor supervisor, int taskManagers) {
    FlinkProcesses cluster = new FlinkProcesses(commands, supervisor);
    try {
      supervisor.watch(commands.jobManager());
      for (int i = 0; i < taskManagers; i++) {
        supervisor.watch(commands.taskManager(i));
      }
      await("TaskManagers registered")
          .atMost(START_TIMEOUT)
          .pollInterval(LOOK_EVERY)
          .until(() -> cluster.registeredTaskManagers() == taskManagers);
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  public String restUrl() {
    return commands.restUrl();
  }

  /**
   * What the REST API answers.
   *
   * @throws UncheckedIOException when nobody answers
   */
  public String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(restUrl() + path)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(
              request.timeout(ANSWER_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
          .body();
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
    return run(List.of(), jar, mainClass, environment, args);
  }

  /**
   * The same with options of {@code flink run}.
   *
   * @throws IllegalStateException when the exit code of the command is not 0
   */
  public String run(
      List<String> options,
      Path jar,
      String mainClass,
      Map<String, String> environment,
      String... args) {
    List<String> words = new ArrayList<>(List.of("run", "-d"));
    words.addAll(options);
    words.addAll(List.of("-c", mainClass, jar.toAbsolutePath().toString()));
    words.addAll(List.of(args));
    Matcher submitted = JOB_ID.matcher(commands.flink(environment, words));
    if (!submitted.find()) {
      throw new IllegalStateException("no job id from flink " + words);
    }
    return submitted.group(1);
  }

  /** {@code flink run -c mainClass jar arguments…} until it ends, with exit code 0 or as above. */
  public void runAttached(Path jar, String mainClass, String... args) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-c", mainClass, jar.toAbsolutePath().toString()));
    words.addAll(List.of(args));
    commands.flink(Map.of(), words);
  }

  /** Ends event time, so that every window fires, and waits until the job has finished. */
  public void drain(String job) {
    send(
        HttpRequest.newBuilder(URI.create(restUrl() + "/jobs/" + job + "/stop"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"drain\":true}")));
    awaitState(job, "FINISHED");
  }

  /** Ends a job at once and waits until it has ended; its last checkpoints stay. */
  public void cancel(String job) {
    send(
        HttpRequest.newBuilder(URI.create(restUrl() + "/jobs/" + job + "?mode=cancel"))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    awaitState(job, "CANCELED");
  }

  private void awaitState(String job, String wanted) {
    String end =
        await("job " + job + " " + wanted)
            .atMost(START_TIMEOUT)
            .pollInterval(LOOK_EVERY)
            .until(() -> end(job), Optional::isPresent)
            .orElseThrow();
    if (!end.equals(wanted)) {
      throw new IllegalStateException("job %s: must be %s, is %s".formatted(job, wanted, end));
    }
  }

  private Optional<String> end(String job) {
    Matcher end = END.matcher(get("/jobs/" + job));
    return end.find() ? Optional.of(end.group(1)) : Optional.empty();
  }

  /** Folders of the finished checkpoints that are left of a job, the oldest first. */
  public List<Path> checkpoints(String job) throws IOException {
    try (Stream<Path> folders = Files.list(commands.checkpoints().resolve(job))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("_metadata")))
          .sorted(
              Comparator.comparingInt(
                  folder -> Integer.parseInt(folder.getFileName().toString().replace("chk-", ""))))
          .toList();
    }
  }

  /** Ids of the TaskManagers on which something runs, in their order; none when nobody answers. */
  public List<String> busyTaskManagers() {
    try {
      return TASK_MANAGER
          .matcher(get("/taskmanagers"))
          .results()
          .filter(found -> !found.group(2).equals(found.group(3)))
          .map(found -> found.group(1))
          .sorted()
          .toList();
    } catch (UncheckedIOException noJobManager) {
      return List.of();
    }
  }

  private int registeredTaskManagers() {
    try {
      String overview = get("/overview");
      int at = overview.indexOf("\"taskmanagers\":");
      return at < 0 ? 0 : Integer.parseInt(overview.substring(at + 15).split("[^0-9]", 2)[0]);
    } catch (UncheckedIOException notYetListening) {
      if (supervisor.failedStarts() > MOST_FAILED_STARTS) {
        throw new IllegalStateException(
            "servers do not start; see " + commands.folder(), notYetListening);
      }
      return 0;
    }
  }

  @Override
  public void close() {
    supervisor.close();
  }
}
