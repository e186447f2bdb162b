package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.FeatureTable;
import io.tidewatch.jobs.sink.LatencyTable;
import io.tidewatch.jobs.sink.ReadingTable;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.FeatureVectorDecoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose streams go to all sinks at once write the same rows to each of them. */
@ExtendWith(SharedStack.class)
class EverySinkITCase {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int RECORDS = 600;

  private final long startMs = System.currentTimeMillis() - RECORDS * 100L;
  private final StandInTdengine tdengine = StandInTdengine.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    tdengine.close();
  }

  @Test
  void latencyWindowsAreTheSameInAllSinks(EmbeddedStack stack) throws Exception {
    JobSpace space = new JobSpace(stack);
    String topic = space.topic + ".windows";
    stack.kafka().createTopic(topic, 1, Map.of());
    ApiLatencyCodec codec = new ApiLatencyCodec();
    List<byte[]> input = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String service = i % 2 == 0 ? "shop's" : "x'); DROP";
      input.add(
          codec.encode(
              new ApiLatency(
                  service,
                  "/e/" + i % 3,
                  "GET",
                  i % 20 == 0 ? 500 : 200,
                  1 + i * 7 % 900,
                  startMs + i * 100L,
                  null)));
    }
    run(
        stack,
        space,
        LatencyJob::build,
        "latency",
        """
        window: {size: PT10S, slide: PT1S}
        output: {windows_topic: %s}
        sinks: {windows: [timescale, tdengine, kafka, parquet]}
        """
            .formatted(topic),
        input);

    List<Column<LatencyWindow>> columns = new LatencyTable().columns(null);
    var wanted = stored(space, columns, "api_latency_windows", UnaryOperator.identity());
    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(TableRows.of(columns, tdengine, "api_latency_windows"))
        .as("TDengine")
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(inFiles(columns, "api_latency_windows"))
        .as("Parquet")
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(TableRows.of(columns, space.decoded(topic, new LatencyWindowCodec())))
        .as("Kafka")
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void featuresAndReadingsAreTheSameInAllTheirSinks(EmbeddedStack stack) throws Exception {
    TelemetryModels models = ModelFiles.load(YamlLoader.ofProcess(), JobSpace.shipped("models"));
    List<String> names = FeatureNames.of(models.get("welding"));
    JobSpace space = new JobSpace(stack);
    String topic = space.topic + ".features";
    stack.kafka().createTopic(topic, 1, Map.of());
    List<byte[]> input = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      input.add(
          """
          {"model":"welding","device_id":"w'%d","event_time_ms":%d,"fields":{"voltage_volt":%d},"label":"l%d"}\
          """
              .formatted(i % 3, startMs + i * 100L, 20 + i % 7, i % 2)
              .getBytes(UTF_8));
    }
    run(
        stack,
        space,
        TelemetryJob::build,
        "telemetry",
        """
        models: %s
        features: {topic: %s}
        sinks: {features: [timescale, tdengine, kafka, parquet], readings: [tdengine, parquet]}
        """
            .formatted(JobSpace.shipped("models"), topic),
        input);

    List<Column<FeatureVector>> columns = new FeatureTable(models).columns("welding");
    var wanted =
        stored(
            space,
            columns,
            "device_features",
            name ->
                names.contains(name)
                    ? "(features->>'%s')::double precision".formatted(name)
                    : name);
    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(TableRows.of(columns, tdengine, "device_features_welding"))
        .as("TDengine")
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(inFiles(columns, "device_features"))
        .as("Parquet")
        .containsExactlyInAnyOrderElementsOf(wanted);
    FeatureVectorDecoder decoder = new FeatureVectorDecoder(Map.of("welding", names), 1 << 20);
    assertThat(TableRows.of(columns, space.decoded(topic, decoder)))
        .as("Kafka")
        .containsExactlyInAnyOrderElementsOf(wanted);

    List<Column<DeviceTelemetry>> ofReadings = new ReadingTable(models).columns("welding");
    var readings = TableRows.of(ofReadings, tdengine, "welding");
    assertThat(readings).hasSize(RECORDS);
    assertThat(inFiles(ofReadings, "readings")).containsExactlyInAnyOrderElementsOf(readings);
    assertThat(ParquetTables.files(folder.resolve("readings")))
        .allMatch(file -> file.matches("model=welding/dt=[0-9-]+/part-[0-9a-f-]+\\.parquet"));
  }

  private void run(
      EmbeddedStack stack,
      JobSpace space,
      JobUnderTest.Builder builder,
      String rules,
      String yaml,
      List<byte[]> input) {
    space.write(input);
    Path file =
        space.configFile(
            JobSpace.shipped("rules/" + rules + ".yaml"),
            "tdengine: {url: \"%s\"}\nparquet: {path: \"%s\"}\n%s"
                .formatted(tdengine.jdbcUrl(), folder.toUri(), yaml));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    Map<String, String> environment =
        Map.of("TIDEWATCH_TDENGINE_PASSWORD", StandInTdengine.PASSWORD);
    builder.build(env, new YamlLoader(environment::get), file);
    JobID job = stack.flink().submit(env);
    await()
        .atMost(TIMEOUT)
        .until(() -> InProcessMetrics.sum(job, "tidewatch.records_in_total") >= input.size());
    stack.flink().stopWithDrain(job, TIMEOUT);
    assertThat(stack.flink().restarts(job)).isZero();
  }

  private static <T> List<List<Object>> stored(
      JobSpace space, List<Column<T>> columns, String table, UnaryOperator<String> expressions)
      throws Exception {
    try (Connection connection = space.database()) {
      return TableRows.of(columns, connection, table, expressions);
    }
  }

  private <T> List<List<Object>> inFiles(List<Column<T>> columns, String table) throws Exception {
    try (Connection connection = ParquetTables.open(folder, table)) {
      return TableRows.of(columns, connection, table, UnaryOperator.identity());
    }
  }
}
