package io.tidewatch.benchmarks.detection.input;

import static io.tidewatch.benchmarks.detection.TextFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledRowsTest {
  private static final String LABELLED = "x,y,label\n1,2,0\n3,,1\n";

  @TempDir private Path folder;

  @Test
  void readsSetsByName() throws IOException {
    write(folder.resolve("b.csv.gz"), LABELLED);
    write(folder.resolve("a.csv"), LABELLED);
    write(folder.resolve("LICENSE"), "free");

    List<LabelledRows> sets = LabelledRows.adbench(folder);

    assertThat(sets).extracting(LabelledRows::name).containsExactly("a", "b");
    assertThat(sets.get(1).features()).containsExactly("x", "y");
    assertThat(sets.get(1).rows()[0]).containsExactly(1, 2);
    assertThat(sets.get(1).rows()[1]).containsExactly(3, Double.NaN);
    assertThat(sets.get(1).anomalous()).containsExactly(false, true);
    assertThat(sets.get(1).anomalies()).isOne();
  }

  @Test
  void readsServersWithTheirTraining() throws IOException {
    write(folder.resolve("s-1_test.csv"), LABELLED);
    write(folder.resolve("s-1_train.csv.gz"), "x,y\n5,6\n");

    List<AsdEntity> servers = AsdEntity.read(folder);

    assertThat(servers).hasSize(1);
    assertThat(servers.get(0).name()).isEqualTo("s-1");
    assertThat(servers.get(0).train().rows()).isDeepEqualTo(new double[][] {{5, 6}});
    assertThat(servers.get(0).test().anomalies()).isOne();
  }

  @Test
  void whatHasNoLabelsOrOnlyOneKindIsRefused() {
    Path set = write(folder.resolve("a.csv"), "x,y\n1,2\n");
    refusesSets(set + ":1: must be names of features, then label, was x,y");
    write(set, "x,label\n1,2\n");
    refusesSets(set + ":2: label: must be 0 or 1, was 2");
    write(set, "x,label\n1,\n");
    refusesSets(set + ":2: label: must be 0 or 1, was nothing");
    write(set, "x,label\n1,0\n");
    refusesSets(set + ": label: must be 1 in some rows and 0 in others, was 1 in 0 of 1");
    write(folder.resolve("a.csv.gz"), LABELLED);
    assertThatThrownBy(() -> LabelledRows.adbench(folder))
        .hasMessageContaining("must be there once");
  }

  @Test
  void emptyFoldersAreRefused() {
    refusesSets(folder + ": must hold sets, <name>.csv or .csv.gz, held none");
    refusesServers(
        folder + ": must hold <name>_train.csv and <name>_test.csv, or .csv.gz, held none");
  }

  @Test
  void serversWithoutTrainingOrWithOtherMetricsAreRefused() {
    Path test = write(folder.resolve("s_test.csv"), LABELLED);
    refusesServers(test + ": must have s_train.csv or .csv.gz beside it");
    Path train = write(folder.resolve("s_train.csv"), "x,z\n1,2\n");
    refusesServers(train + ":1: must be x,y as in " + test + ", was x,z");
  }

  @Test
  void folderThatWasAskedForMustBeThere() {
    Path absent = folder.resolve("absent");

    assertThatThrownBy(() -> InputFolders.of("nab", absent))
        .hasMessage("--nab: must be a folder that is there, was " + absent);
    assertThat(InputFolders.of("nab", folder)).contains(folder);
  }

  private void refusesSets(String message) {
    assertThatThrownBy(() -> LabelledRows.adbench(folder)).hasMessage(message);
  }

  private void refusesServers(String message) {
    assertThatThrownBy(() -> AsdEntity.read(folder)).hasMessage(message);
  }
}
