package io.tidewatch.benchmarks.detection.input;

import static io.tidewatch.benchmarks.detection.TextFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.detection.nab.LabelWindow;
import io.tidewatch.benchmarks.detection.nab.LabelledSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NabFolderTest {
  private static final String ROWS =
      """
      timestamp,value
      2014-04-01 00:00:00,1.5
      2014-04-01 00:05:00,-2e3
      2014-04-01 00:10:00,
      2014-04-01 00:15:00,4
      """;
  private static final long START_MS = 1_396_310_400_000L;

  @TempDir private Path folder;

  @Test
  void readsSeriesOfGroupsPlainOrGzippedWithTheirWindows() throws IOException {
    write(folder.resolve("b/two.csv.gz"), ROWS);
    write(folder.resolve("a/one.csv"), ROWS);
    write(folder.resolve("notes.txt"), "no series");
    windows(
        """
        {"a/one.csv": [["2014-04-01 00:05:00.000000", "2014-04-01 00:10:00.000000"]],
         "b/two.csv": [], "c/three.csv": []}
        """);

    NabFolder read = NabFolder.read(folder);

    assertThat(read.series())
        .extracting(LabelledSeries::path)
        .containsExactly("a/one.csv", "b/two.csv");
    LabelledSeries one = read.series().get(0);
    assertThat(one.group()).isEqualTo("a");
    assertThat(one.values()).containsExactly(1.5, -2_000, Double.NaN, 4);
    assertThat(one.timesMs())
        .containsExactly(START_MS, START_MS + 300_000, START_MS + 600_000, START_MS + 900_000);
    assertThat(one.windows()).containsExactly(new LabelWindow(1, 2));
    assertThat(one.labelled(2)).isTrue();
    assertThat(one.labelled(3)).isFalse();
    assertThat(read.series().get(1).windows()).isEmpty();
    assertThat(read.absent()).containsExactly("c/three.csv");
  }

  @Test
  void timesRepeatAndGoBackAsTheyDoWhereClocksChange() throws IOException {
    write(
        folder.resolve("one.csv"),
        "timestamp,value\n2014-04-01 00:05:00,1\n2014-04-01 00:05:00,1\n2014-04-01 00:00:00.5,1\n");
    windows("{\"one.csv\": []}");

    LabelledSeries one = NabFolder.read(folder).series().get(0);

    assertThat(one.group()).isEqualTo(".");
    assertThat(one.timesMs()[2]).isEqualTo(START_MS + 500);
    assertThat(NabTime.format(START_MS + 500)).isEqualTo("2014-04-01 00:00:00.5");
    assertThat(NabTime.format(START_MS)).isEqualTo("2014-04-01 00:00:00");
  }

  @Test
  void malformedRowsAreNamedByFileLineValueAndWhatWasExpected() {
    windows("{\"a/one.csv\": []}");
    refuses("2014-04-01 00:00:00,abc", "one.csv:3: value: must be a finite number, was abc");
    refuses("2014-04-01 00:00:00,1.2.3", "one.csv:3: value: must be a finite number, was 1.2.3");
    refuses("2014-04-01 00:00:00,Infinity", "one.csv:3: value: must be a finite number, was");
    refuses("2014-04-01 00:00:00,1e999", "one.csv:3: value: must be a finite number, was 1e999");
    refuses("yesterday,1", "one.csv:3: timestamp: must be a time as 2014-04-10 16:15:00, was yes");
    refuses(",1", "one.csv:3: timestamp: must be a time as 2014-04-10 16:15:00, was nothing");
    refuses("2014-04-01 00:00:00", "one.csv:3: must have 2 values, as the header has, had 1: 2014");
    refuses("", "one.csv:3: must have 2 values, as the header has, had 1: nothing");
  }

  private void refuses(String row, String message) {
    write(folder.resolve("a/one.csv"), "timestamp,value\n2014-04-01 00:00:00,1\n" + row + "\n");
    assertThatThrownBy(() -> NabFolder.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith(folder.toString());
  }

  @Test
  void wrongHeadersEmptyFilesAndBrokenArchivesAreNamed() throws IOException {
    windows("{\"a/one.csv\": []}");
    Path one = write(folder.resolve("a/one.csv"), "time,value\n1,2\n");
    refused(one + ":1: must be timestamp,value, was time,value");
    write(one, "timestamp,value\n");
    refused(one + ": must have a header and at least one row, had 1 lines");
    Path gzipped = write(folder.resolve("a/one.csv.gz"), ROWS);
    assertThatThrownBy(() -> NabFolder.read(folder)).hasMessageContaining("must be there once");
    Files.delete(one);
    Files.writeString(gzipped, "not gzipped");
    refused(gzipped + ": cannot be read: Not in GZIP format");
  }

  @Test
  void wrongWindowsAreNamed() {
    Path file = folder.resolve("windows.json");
    write(folder.resolve("a/one.csv"), ROWS + "2014-04-01 00:15:00,5\n");
    refused(file + ": must be there, with the windows of each series");
    windows("{}");
    refused(file + ": must name a/one.csv, with [] where it has no windows");
    windows("{\n\"a/one.csv\": [\n");
    assertThatThrownBy(() -> NabFolder.read(folder)).hasMessageStartingWith(file + ":3: must be");
    windows("[]");
    refused(file + ": must be an object of paths and windows, was []");
    windows("{\"a/one.csv\": 3}");
    refused(file + ": a/one.csv: must be a list of windows, was 3");
    windows("{\"a/one.csv\": [[\"2014-04-01 00:00:00\"]]}");
    assertThatThrownBy(() -> NabFolder.read(folder))
        .hasMessageStartingWith(file + ": a/one.csv: must be a first and a last time, was [");
    refusesWindow("2014-04-01 00:01:00", "2014-04-01 00:05:00", "the time of a row, was");
    refusesWindow("2014-04-01 00:00:00", "2014-04-01 00:15:00", "the time of one row, not of");
    refusesWindow("2014-04-01 00:05:00", "2014-04-01 00:00:00", "in order and behind the window");
    refusesWindow("noon", "2014-04-01 00:00:00", "a time as 2014-04-10 16:15:00.000000, was");
  }

  private void refusesWindow(String first, String last, String expected) {
    windows("{\"a/one.csv\": [[\"%s\", \"%s\"]]}".formatted(first, last));
    assertThatThrownBy(() -> NabFolder.read(folder))
        .hasMessageStartingWith(
            folder.resolve("windows.json") + ": a/one.csv: must be " + expected);
  }

  @Test
  void folderWithoutSeriesIsRefused() {
    windows("{}");
    refused(folder + ": must hold series, <group>/<name>.csv or .csv.gz, held none");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> NabFolder.read(folder)).hasMessage(message);
  }

  private void windows(String json) {
    write(folder.resolve("windows.json"), json);
  }
}
