package io.tidewatch.cli.chaos;

import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyConfig;
import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.jobs.telemetry.TelemetryConfig;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.chaos.Fault;
import io.tidewatch.testkit.chaos.InjectedFault;
import io.tidewatch.testkit.chaos.ProcessStack;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The telemetry job and the latency job, submitted with {@code flink run} from the shaded jar. */
final class ChaosJobs {
  /** Both, as what a fault may meet. */
  static final String NAME = "jobs";

  /** From the last message to the checkpoint that holds it, a restart between them included. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(20);

  /** What of a checkpoint names the rest of it. */
  private static final String CHECKPOINT_METADATA = "_metadata";

  private static final Logger LOG = LoggerFactory.getLogger(ChaosJobs.class);

  private final ProcessStack stack;
  private final TelemetryFiles telemetry;
  private final LatencyFiles latency;
  private final Path jar;
  private final List<Running> running = new ArrayList<>();

  /**
   * A job as it was submitted.
   *
   * @param file its configuration
   */
  private record Running(Class<?> main, Path file, String id) {}

  private ChaosJobs(ProcessStack stack, Path jar, TelemetryFiles telemetry, LatencyFiles latency) {
    this.stack = stack;
    this.jar = jar;
    this.telemetry = telemetry;
    this.latency = latency;
  }

  /**
   * Makes topics and tables, begins the diary, submits the jobs.
   *
   * @param flinkConf the shipped configuration, of which these jobs change as little as they can
   * @param jar that users submit
   * @param folder for the configuration of the jobs
   * @param delivery of alerts, as in the YAML
   */
  static ChaosJobs submit(
      ProcessStack stack, Path flinkConf, Path jar, Path folder, WrittenRows rows, String delivery)
      throws Exception {
    String common = "delivery: " + delivery;
    Path telemetryFile =
        file(stack, folder, "telemetry", PlannedRule.VIBRATION, common, models(flinkConf));
    Path latencyFile =
        file(
            stack,
            folder,
            "latency",
            PlannedRule.ERRORS,
            common,
            "window: {size: PT10S, slide: PT1S}");
    YamlLoader loader = YamlLoader.ofProcess();
    ChaosJobs jobs =
        new ChaosJobs(
            stack,
            jar,
            TelemetryFiles.load(loader, telemetryFile),
            LatencyFiles.load(loader, latencyFile));
    jobs.createTopics();
    Migrations.apply(jobs.telemetry.config().postgres());
    rows.begin();
    jobs.running.add(jobs.run(TelemetryJob.class, telemetryFile));
    jobs.running.add(jobs.run(LatencyJob.class, latencyFile));
    return jobs;
  }

  private static String models(Path flinkConf) {
    return "models: " + flinkConf.resolve("models").toAbsolutePath();
  }

  private static Path file(
      ProcessStack stack, Path folder, String job, PlannedRule rule, String alerting, String more)
      throws IOException {
    Files.writeString(folder.resolve(job + "-rules.yaml"), rule.yaml());
    return Files.writeString(
            folder.resolve(job + ".yaml"),
            """
            kafka: {bootstrap_servers: "%s"}
            alerting: {rules: %s-rules.yaml, state_topic: "", rules_topic: "", status_topic: "", %s}
            postgres: {url: "%s", user: %s}
            %s
            """
                .formatted(
                    stack.bootstrapServers(),
                    job,
                    alerting,
                    stack.jdbcUrlOfJobs(),
                    stack.database().user(),
                    more))
        .toAbsolutePath();
  }

  private Running run(Class<?> main, Path file, String... options) {
    String id =
        stack
            .flink()
            .run(List.of(options), jar, main.getName(), Map.of(), "--config", file.toString());
    return new Running(main, file, id);
  }

  /**
   * What a person does when the newest checkpoint cannot be read: cancels each job, is refused with
   * that checkpoint, and starts the job from the one before.
   *
   * @throws IllegalStateException when a job starts from half a checkpoint, or from none
   */
  InjectedFault restartByHand(Fault fault) throws IOException {
    long startMs = System.currentTimeMillis();
    for (int i = 0; i < running.size(); i++) {
      Running was = running.get(i);
      stack.flink().cancel(was.id());
      List<Path> checkpoints = stack.flink().checkpoints(was.id());
      Path newest = checkpoints.get(checkpoints.size() - 1);
      halve(newest.resolve(CHECKPOINT_METADATA));
      Running refused = null;
      try {
        refused = run(was.main(), was.file(), "-s", newest.toUri().toString());
      } catch (IllegalStateException wanted) {
        LOG.debug("{} is refused, as it must be", newest, wanted);
      }
      if (refused != null) {
        throw new IllegalStateException(refused + " started from half a checkpoint, " + newest);
      }
      Path before = checkpoints.get(checkpoints.size() - 2);
      running.set(i, run(was.main(), was.file(), "-s", before.toUri().toString()));
    }
    return new InjectedFault(fault, startMs, System.currentTimeMillis());
  }

  private static void halve(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  TelemetryModels models() {
    return telemetry.models();
  }

  TelemetryConfig telemetry() {
    return telemetry.config();
  }

  LatencyConfig latency() {
    return latency.config();
  }

  /** The inputs of both jobs. */
  List<InputConfig> inputs() {
    return List.of(telemetry.config().input(), latency.config().input());
  }

  /** Waits until a checkpoint of each job holds that all its input was read. */
  void awaitAllRead() {
    try (Admin admin = admin()) {
      for (InputConfig input : inputs()) {
        await("all of " + input.topic() + " read")
            .atMost(READ_TIMEOUT)
            .pollInterval(Duration.ofSeconds(1))
            .ignoreExceptions()
            .until(() -> committed(admin, input) == end(admin, input.topic()));
      }
    }
  }

  /** Ends event time in both jobs, so that all windows fire and all alerts end. */
  void drain() {
    running.forEach(job -> stack.flink().drain(job.id()));
  }

  /** What the JobManager tells of both. */
  JobHealth health() {
    return JobHealth.of(stack.flink(), running.stream().map(Running::id).toList());
  }

  private static long committed(Admin admin, InputConfig input)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(input.groupId())
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  private static long end(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            IntStream.range(0, ChaosInput.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
        .all()
        .get()
        .values()
        .stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  private void createTopics() throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (InputConfig input : inputs()) {
      topics.add(new NewTopic(input.topic(), ChaosInput.PARTITIONS, (short) 1));
      topics.add(new NewTopic(input.deadLetterTopic(), 1, (short) 1));
      topics.add(new NewTopic(input.lateTopic(), 1, (short) 1));
    }
    Stream.of(
            telemetry.config().features().topic(),
            latency.config().output().windowsTopic(),
            telemetry.config().sink().refusedTopic(),
            latency.config().sink().refusedTopic(),
            telemetry.config().alerting().topic(),
            latency.config().alerting().topic())
        .distinct()
        .forEach(topic -> topics.add(new NewTopic(topic, 1, (short) 1)));
    try (Admin admin = admin()) {
      admin.createTopics(topics).all().get();
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()));
  }
}
