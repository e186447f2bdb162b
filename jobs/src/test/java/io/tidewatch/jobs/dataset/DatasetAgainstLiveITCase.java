package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.parquet.RowFileReader;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.RealTelemetry;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real telemetry through the live job and as a data set of the same messages: the same bits. */
@ExtendWith(SharedStack.class)
class DatasetAgainstLiveITCase {
  private static final String BY_TIME = "  size: PT1H\n  slide: PT5M\n";
  private static final long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {BY_TIME, "  size: 100 points\n  overlap: 0.5\n"})
  void windowsHaveTheValuesTheLiveJobTold(String window, EmbeddedStack stack) throws Exception {
    List<DeviceTelemetry> input = serverMetrics(RealTelemetry.present("asd/omi-1_test.csv"));
    DatasetSpace space = new DatasetSpace(folder);
    String omi = Files.readString(JobUnderTest.shipped("models/omi.yaml"));
    assertThat(omi).contains(BY_TIME);
    Path models = space.write("live/omi.yaml", omi.replace(BY_TIME, window)).getParent();
    TelemetryModels all = ModelFiles.load(YamlLoader.ofProcess(), models);
    TelemetryCodec codec = new TelemetryCodec(all);
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            TelemetryJob::build,
            space.write("no-rules.yaml", "groups: []\n"),
            "models: " + models,
            input.stream().map(codec::encode).toList());
    job.awaitRead(input.size());
    job.drain();
    assertThat(job.late()).isEmpty();

    DatasetJob.Result result =
        space.run(
            """
            models: live
            model: omi
            source: {kind: kafka, kafka: {bootstrap_servers: "%s", topic: %s}}
            label: {field: label}
            split: {val_split: 0.3}
            constant_columns: keep
            """
                .formatted(stack.kafka().bootstrapServers(), job.input().get(0).topic()));

    assertThat(result.read()).startsWith(input.size() + " read, " + input.size() + " selected");
    TelemetryModel model = all.get("omi");
    Map<String, long[]> live = live(job, FeatureNames.of(model));
    List<LabelledVector> rows = rows(space.file("out"), FeatureNames.of(model));
    assertThat(rows).hasSize((int) (result.train() + result.validation())).hasSizeGreaterThan(50);
    assertThat((long) live.size()).isEqualTo(rows.size() + result.embargo());
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(bits(row.vector().features()))
                    .isEqualTo(
                        live.get(row.vector().windowStartMs() + " " + row.vector().windowEndMs())));
    assertThat(space.query("SELECT count(DISTINCT label) FROM rows")).containsExactly(List.of(2L));
    assertThat(Files.readString(space.file("out/_stats.json"))).contains("\"from_offset\"");
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
  }

  /** Bits of the features by window. */
  private static Map<String, long[]> live(JobUnderTest job, List<String> names) throws Exception {
    Map<String, long[]> live = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    try (Connection connection = job.database();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM window_start) * 1000)::bigint,"
                    + " (extract(epoch FROM window_end) * 1000)::bigint, features FROM device_features")) {
      while (row.next()) {
        JsonNode features = json.readTree(row.getString(3));
        live.put(
            row.getLong(1) + " " + row.getLong(2),
            bits(
                names.stream()
                    .map(features::get)
                    .mapToDouble(value -> value.isNull() ? Double.NaN : value.doubleValue())
                    .toArray()));
      }
    }
    return live;
  }

  private static List<LabelledVector> rows(Path target, List<String> names) throws Exception {
    List<LabelledVector> rows = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path file : tree.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        RowFileReader.read(file, names, rows::add);
      }
    }
    return rows;
  }

  /** One row in five minutes; the file has no times, so they begin at a round one. */
  private static List<DeviceTelemetry> serverMetrics(Path file) throws Exception {
    List<DeviceTelemetry> records = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      records.add(
          new DeviceTelemetry(
              "omi",
              "omi-1",
              START_MS + records.size() * Duration.ofMinutes(5).toMillis(),
              Arrays.stream(cells, 0, 19).mapToDouble(Double::parseDouble).toArray(),
              Map.of(),
              cells[19]));
    }
    return records;
  }
}
