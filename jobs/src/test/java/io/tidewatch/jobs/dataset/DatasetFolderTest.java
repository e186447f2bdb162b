package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tidewatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {
  private static final String STATISTICS =
      "{\"format\":1,\"model\":\"m\",\"code_version\":\"v\",\"created_at\":\"t\",\"features\":[]}";

  @TempDir Path folder;

  private Path hidden() {
    return folder.resolve(".out.tidewatch");
  }

  private Path target() {
    return folder.resolve("out");
  }

  @Test
  void theNextDataSetComesInPlaceOfTheFormerOne() throws IOException {
    Files.createDirectories(target());
    Files.writeString(target().resolve("_stats.json"), STATISTICS);
    try (DatasetFolder open = DatasetFolder.open(target())) {
      Files.writeString(open.next().resolve("_SUCCESS"), "");
      open.publish();
    }
    assertThat(target().resolve("_SUCCESS")).exists();
    assertThat(target().resolve("_stats.json")).doesNotExist();
    assertThat(hidden()).doesNotExist();
  }

  @Test
  void whatAKilledRunTookAwayComesBackAndTheRestGoes() throws IOException {
    Files.createDirectories(hidden().resolve("previous"));
    Files.writeString(hidden().resolve("previous/_stats.json"), STATISTICS);
    Files.createDirectories(hidden().resolve("next/split=train"));
    Files.createDirectories(hidden().resolve("staged"));
    Files.writeString(hidden().resolve("staged/rows-0.parquet"), "half");

    try (DatasetFolder open = DatasetFolder.open(target())) {
      assertThat(target().resolve("_stats.json")).hasContent(STATISTICS);
      assertThat(open.next()).isEmptyDirectory();
      assertThat(open.staged()).isEmptyDirectory();
    }
    assertThat(target().resolve("_stats.json")).hasContent(STATISTICS);
    assertThat(hidden()).doesNotExist();
  }

  @Test
  void theJobOfAKilledRunFindsItsFolderGone() {
    Path killed;
    try (DatasetFolder first = DatasetFolder.open(target())) {
      killed = first.staged();
    }
    try (DatasetFolder second = DatasetFolder.open(target())) {
      assertThat(second.staged()).isNotEqualTo(killed);
      assertThat(killed).doesNotExist();
    }
  }

  @Test
  void whatNoRunLeavesIsNotRemoved() throws IOException {
    Files.createDirectories(hidden());
    Files.writeString(hidden().resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> DatasetFolder.open(target()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("target: must have nothing beside it but what a killed run left")
        .hasMessageContaining("notes.txt");
    assertThat(hidden().resolve("notes.txt")).hasContent("mine");
  }

  /** Root may write everywhere; what root cannot write is in {@link DatasetBadInputITCase}. */
  @Test
  void foldersWithoutTheRightToWriteAreRefused() throws IOException {
    Path parent = Files.createDirectories(folder.resolve("parent"));
    Path former = Files.createDirectories(parent.resolve("former"));
    Files.writeString(former.resolve("_stats.json"), STATISTICS);
    readOnly(former);
    assumeFalse(Files.isWritable(former), "whoever runs this may write everywhere");
    assertThatThrownBy(() -> DatasetFolder.open(former))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("target: must be a folder that can be replaced, was");
    readOnly(parent);
    assertThatThrownBy(() -> DatasetFolder.open(parent.resolve("out")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("target: must lie in a folder that can be written");
    assertThat(former.resolve("_stats.json")).hasContent(STATISTICS);
  }

  private static void readOnly(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  @Test
  void twoRunsDoNotWriteToOneTarget() {
    try (DatasetFolder first = DatasetFolder.open(target())) {
      assertThatThrownBy(() -> DatasetFolder.open(target()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("target: must not be written by another run at the same time");
      assertThat(first.next()).isEmptyDirectory();
    }
    assertThat(hidden()).doesNotExist();
  }

  @Test
  void whatCameIntoTheTargetMeanwhileIsNotRemoved() throws IOException {
    try (DatasetFolder open = DatasetFolder.open(target())) {
      Files.createDirectories(target());
      Files.writeString(target().resolve("notes.txt"), "mine");
      assertThatThrownBy(open::publish)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("the foreign file 'notes.txt'");
    }
    assertThat(target().resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void aLinkIsNoTarget() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(target(), elsewhere);
    assertThatThrownBy(() -> DatasetFolder.open(target()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a file or a link in its place");
  }
}
