package io.tidewatch.jobs.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are killed: the former data set stays whole, and the next run succeeds. */
class KilledDatasetITCase {
  private static final String FORMER = "label: {field: label}\nsplit: {val_split: 0.4}\n";
  private static final String NEXT = "label: {field: label}\nnormalisation: {method: z_score}\n";

  @TempDir Path folder;
  private DatasetSpace space;

  @BeforeEach
  void makeReadings() {
    space = new DatasetSpace(folder);
  }

  @ParameterizedTest
  @EnumSource
  void theFormerDataSetStaysWholeAndTheNextRunIsAsIfNobodyHadBeenKilled(HaltedDataset.At at)
      throws Exception {
    space.run(NEXT);
    Map<String, byte[]> expected = space.files("out");
    space.run(FORMER);
    Map<String, byte[]> former = space.files("out");
    List<List<Object>> rows = space.query("SELECT count(*), max(force_mean) FROM rows");

    halt(at);

    assertThat(left()).as("what the killed run left").isNotEmpty();
    assertThat(space.files("out")).usingRecursiveComparison().isEqualTo(former);
    assertThat(space.query("SELECT count(*), max(force_mean) FROM rows")).isEqualTo(rows);
    assertThat(space.names())
        .containsExactly(".out.tidewatch", "dataset.yaml", "models", "out", "readings.csv");

    space.run(NEXT);

    assertThat(space.files("out")).usingRecursiveComparison().isEqualTo(expected);
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "out", "readings.csv");
  }

  @Test
  void whereThereWasNoneThereIsStillNone() throws Exception {
    halt(HaltedDataset.At.STAGED);

    assertThat(space.file("out")).doesNotExist();
    space.run(NEXT);
    assertThat(space.files("out")).containsKeys("_SUCCESS", "_stats.json", "_scaler.json");
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "out", "readings.csv");
  }

  /** As a run leaves it that is killed between its two renames, with a part written. */
  @Test
  void aDataSetThatWasTakenAwayIsThereAgainEvenIfTheNextRunFails() throws Exception {
    space.run(FORMER);
    Map<String, byte[]> former = space.files("out");
    Path hidden = Files.createDirectory(space.file(".out.tidewatch"));
    Files.move(space.file("out"), hidden.resolve("previous"));
    Files.createDirectories(hidden.resolve("next/split=train/dt=2026-03-01"));
    Files.writeString(hidden.resolve("next/split=train/dt=2026-03-01/part-00000.parquet"), "PAR1");

    assertThatThrownBy(() -> space.run("devices: [none]\n")).isInstanceOf(ConfigException.class);

    assertThat(space.files("out")).usingRecursiveComparison().isEqualTo(former);
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "out", "readings.csv");
  }

  private void halt(HaltedDataset.At at) throws Exception {
    Path log = Files.createDirectories(Path.of("target")).resolve("halted-" + at + ".log");
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                HaltedDataset.class.getName(),
                space.config(NEXT).toString(),
                at.name())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(killed.waitFor())
        .as(Files.readString(log, UTF_8))
        .isEqualTo(HaltedDataset.EXIT_CODE);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> tree = Files.walk(space.file(".out.tidewatch"))) {
      return tree.filter(path -> path.endsWith(StagedRows.FILE)).toList();
    }
  }
}
