package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.JobUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets of files, read back by DuckDB. */
class DatasetITCase {
  private static final String LABELLED = "label: {field: label, of_window: any}\n";

  @TempDir Path folder;
  private DatasetSpace space;

  @BeforeEach
  void makeReadings() {
    space = new DatasetSpace(folder);
  }

  @Test
  void rowsAreFoundByDuckDbInTheColumnsThatAreDocumented() throws Exception {
    DatasetJob.Result result = space.run(LABELLED);

    assertThat(
            space.query("DESCRIBE SELECT * FROM rows").stream()
                .map(row -> row.get(0) + " " + row.get(1)))
        .containsExactly(
            "event_timestamp TIMESTAMP WITH TIME ZONE",
            "created_timestamp TIMESTAMP WITH TIME ZONE",
            "window_start TIMESTAMP WITH TIME ZONE",
            "device VARCHAR",
            "model VARCHAR",
            "force_mean DOUBLE",
            "force_std DOUBLE",
            "force_min DOUBLE",
            "force_max DOUBLE",
            "force_last DOUBLE",
            "force_missing_ratio DOUBLE",
            "force_imputed_ratio DOUBLE",
            "force_outlier_ratio DOUBLE",
            "heat_mean DOUBLE",
            "heat_std DOUBLE",
            "heat_min DOUBLE",
            "heat_max DOUBLE",
            "heat_last DOUBLE",
            "heat_missing_ratio DOUBLE",
            "heat_imputed_ratio DOUBLE",
            "heat_outlier_ratio DOUBLE",
            "label VARCHAR",
            "scaler_version VARCHAR",
            "dt DATE",
            "split VARCHAR");
    // 3 devices, a window each 5 s, the first of half the size
    int windows = 3 * (DatasetSpace.SECONDS / 5 + 1);
    assertThat(result.train() + result.validation() + result.embargo()).isEqualTo(windows);
    assertThat(space.query("SELECT split, count(*) FROM rows GROUP BY split ORDER BY split"))
        .containsExactly(
            List.of("train", result.train()), List.of("validation", result.validation()));
    assertThat(
            space.query(
                "SELECT count(*) FROM rows WHERE dt <> CAST(event_timestamp AT TIME ZONE 'UTC' AS DATE)"
                    + " OR created_timestamp <> window_start + INTERVAL 11 SECOND AND"
                    + " window_start > TIMESTAMPTZ '2026-03-01 23:50:00+00' AND"
                    + " event_timestamp < TIMESTAMPTZ '2026-03-02 00:10:00+00'"))
        .containsExactly(List.of(0L));
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "out", "readings.csv");
    assertThat(space.files("out"))
        .containsKeys("_SUCCESS", "_stats.json")
        .doesNotContainKey("_scaler.json");
  }

  @Test
  void theSameReadingsGiveTheSameBytesInAnyParallelism() throws Exception {
    String yaml = LABELLED + "normalisation: {method: z_score}\n";
    space.run(yaml, 1);
    Map<String, byte[]> first = space.files("out");
    assertThat(first).hasSizeGreaterThan(5).containsKey("_scaler.json");

    space.run(yaml, 2);

    assertThat(space.files("out")).usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void trainIsScaledToMeanZeroAndValidationByTheSameScaler() throws Exception {
    space.run(LABELLED + "normalisation: {method: z_score}\n");

    assertThat(
            space.query(
                "SELECT abs(avg(force_mean)) < 1e-9, abs(stddev_pop(force_mean) - 1) < 1e-9 FROM rows WHERE split = 'train'"))
        .containsExactly(List.of(true, true));
    assertThat(space.query("SELECT count(DISTINCT scaler_version), max(heat_mean) > 1.5 FROM rows"))
        .containsExactly(List.of(1L, true));
    String version = (String) space.query("SELECT min(scaler_version) FROM rows").get(0).get(0);
    assertThat(Files.readString(space.file("out/_scaler.json"), StandardCharsets.UTF_8))
        .contains("\"version\":\"" + version + "\"");
  }

  @Test
  void betweenTrainAndValidationLiesAWindow() throws Exception {
    space.run(LABELLED);

    assertThat(
            space.query(
                "SELECT (SELECT min(window_start) FROM rows WHERE split = 'validation')"
                    + " - (SELECT max(event_timestamp) FROM rows WHERE split = 'train') >= INTERVAL 10 SECOND"))
        .containsExactly(List.of(true));
  }

  @Test
  void whatBecameKnownLaterIsNotRead() throws Exception {
    space.run(LABELLED + "as_of: 2026-03-02T00:05:00Z\n");

    assertThat(
            space.query(
                "SELECT max(event_timestamp) <= TIMESTAMPTZ '2026-03-02 00:05:00+00',"
                    + " max(created_timestamp) <= TIMESTAMPTZ '2026-03-02 00:05:00+00' FROM rows"))
        .containsExactly(List.of(true, true));
  }

  @Test
  void aDataSetReplacesTheFormerOne() throws Exception {
    space.run(LABELLED);
    Map<String, byte[]> former = space.files("out");

    space.run(LABELLED + "split: {val_split: 0.4}\n");

    assertThat(space.files("out").get("_stats.json")).isNotEqualTo(former.get("_stats.json"));
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "out", "readings.csv");
  }

  @Test
  void theExampleOfTheDocsRuns() throws Exception {
    String docs =
        Files.readString(
            Path.of(System.getProperty("tidewatch.root", ".."), "docs", "datasets.md"));
    Path config = space.write("welds.yaml", block(docs, "yaml"));
    StringBuilder csv =
        new StringBuilder(
            "measured_at,machine,current_ampere,voltage_volt,temperature_celsius,vibration_mm_per_second,defect,stored_at\n");
    for (int second = 0; second < 600; second++) {
      long timeMs = DatasetSpace.START_MS + second * 1000L;
      for (int device = 1; device <= 3; device++) {
        csv.append(
            "%d,weld-%d,%d,%d,%d,%d,%d,%d\n"
                .formatted(
                    timeMs,
                    device,
                    200 + second % 7 + second,
                    20 + second % 89,
                    60 + second / 10,
                    second % 41,
                    second / 40 % 2,
                    timeMs + 500));
      }
    }
    space.write("welds.csv", csv.toString());
    space.run(config, Map.of("models", JobUnderTest.shipped("models").toString()), 2);

    List<List<Object>> counts =
        space.query(block(docs, "sql").replace("welds/*", space.file("welds/*").toString()));
    assertThat(counts.stream().map(row -> row.get(0) + " " + row.get(1)))
        .containsExactly("train 0", "train 1", "validation 0", "validation 1");
    assertThat(docs)
        .contains(
            "welds/_SUCCESS", "welds/_stats.json", "welds/_scaler.json", "part-00000.parquet");
    assertThat(space.files("welds"))
        .containsKeys("_SUCCESS", "_stats.json", "_scaler.json")
        .containsKey("split=train/dt=2026-03-01/part-00000.parquet");
  }

  private static String block(String docs, String language) {
    int begin = docs.indexOf("```" + language + "\n") + language.length() + 4;
    return docs.substring(begin, docs.indexOf("```", begin));
  }

  @Test
  void messagesInFilesAreReadAsTheTelemetryJobReadsThem() throws Exception {
    StringBuilder lines = new StringBuilder("not json\n\n");
    for (int second = 0; second < 300; second++) {
      lines.append(
          "{\"model\":\"press\",\"device_id\":\"p\",\"event_time_ms\":%d,\"fields\":{\"force\":%d,\"heat\":%d}}\r\n"
              .formatted(DatasetSpace.START_MS + second * 1000L, second % 11, second));
    }
    space.write("messages.ndjson", lines.toString());

    DatasetJob.Result result =
        space.run("source: {files: {paths: [messages.ndjson], format: ndjson}}\n");

    assertThat(result.read()).isEqualTo("301 read, 300 selected, 1 rejected.malformed_json");
    assertThat(space.query("SELECT count(label), count(*) > 50 FROM rows"))
        .containsExactly(List.of(0L, true));
  }

  @Test
  void aFieldThatIsTheLabelIsNoFeature() throws Exception {
    space.write(
        "readings.csv", DatasetSpace.readings().replaceFirst("heat,label", "temperature,heat"));

    space.run(
        "source: {files: {paths: [readings.csv]}}\nlabel: {field: heat, of_window: majority}\n");

    assertThat(space.query("SELECT DISTINCT label FROM rows ORDER BY label"))
        .containsExactly(List.of("0"), List.of("1"));
    assertThat(space.query("DESCRIBE SELECT * FROM rows").stream().map(row -> row.get(0)))
        .contains("force_mean", "label")
        .noneMatch(name -> name.toString().startsWith("heat"));
  }

  @Test
  void chanceByDeviceNeverPartsADevice() throws Exception {
    space.run(LABELLED + "split: {by: random, group: device, val_split: 0.5, random_state: 3}\n");

    assertThat(space.query("SELECT count(DISTINCT split) FROM rows GROUP BY device"))
        .containsOnly(List.of(1L))
        .hasSize(3);
  }
}
