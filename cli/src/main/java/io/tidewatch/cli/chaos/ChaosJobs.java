package io.tidewatch.cli.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.tidewatch.testkit.chaos.ProcessStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The telemetry job and the latency job, submitted with {@code flink run} from the shaded jar. */
final class ChaosJobs {
  /** From the last message to the checkpoint that holds it, a restart between them included. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(20);

  private final ProcessStack stack;
  private final TelemetryFiles telemetry;
  private final LatencyFiles latency;
  private final List<String> ids = new ArrayList<>();

  private ChaosJobs(ProcessStack stack, TelemetryFiles telemetry, LatencyFiles latency) {
    this.stack = stack;
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
            TelemetryFiles.load(loader, telemetryFile),
            LatencyFiles.load(loader, latencyFile));
    jobs.createTopics();
    Migrations.apply(jobs.telemetry.config().postgres());
    rows.begin();
    jobs.run(jar, TelemetryJob.class, telemetryFile);
    jobs.run(jar, LatencyJob.class, latencyFile);
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

  private void run(Path jar, Class<?> main, Path file) {
    ids.add(stack.flink().run(jar, main.getName(), Map.of(), "--config", file.toString()));
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
    ids.forEach(stack.flink()::drain);
  }

  /** How often the jobs were restarted since the present JobManager has them. */
  int restarts() {
    int restarts = 0;
    for (String id : ids) {
      restarts +=
          await("restarts of job " + id)
              .atMost(READ_TIMEOUT)
              .pollInterval(Duration.ofSeconds(1))
              .ignoreExceptions()
              .until(() -> restarts(id), OptionalInt::isPresent)
              .orElseThrow();
    }
    return restarts;
  }

  /** Empty as long as the JobManager has not yet collected what it is asked for. */
  private OptionalInt restarts(String id) throws IOException {
    JsonNode metrics =
        new ObjectMapper().readTree(stack.flink().get("/jobs/" + id + "/metrics?get=numRestarts"));
    return metrics.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(metrics.path(0).path("value").asInt());
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
