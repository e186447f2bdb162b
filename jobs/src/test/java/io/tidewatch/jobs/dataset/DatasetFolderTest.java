package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Files.writeString(target().resolve("stats.json"), STATISTICS);
    try (DatasetFolder open = DatasetFolder.open(target())) {
      Files.writeString(open.next().resolve("_SUCCESS"), "");
      open.publish();
    }
    assertThat(target().resolve("_SUCCESS")).exists();
    assertThat(target().resolve("stats.json")).doesNotExist();
    assertThat(hidden()).doesNotExist();
  }

  @Test
  void whatAKilledRunTookAwayComesBackAndTheRestGoes() throws IOException {
    Files.createDirectories(hidden().resolve("previous"));
    Files.writeString(hidden().resolve("previous/stats.json"), STATISTICS);
    Files.createDirectories(hidden().resolve("next/split=train"));
    Files.createDirectories(hidden().resolve("staged"));
    Files.writeString(hidden().resolve("staged/rows-0.parquet"), "half");

    try (DatasetFolder open = DatasetFolder.open(target())) {
      assertThat(target().resolve("stats.json")).hasContent(STATISTICS);
      assertThat(open.next()).isEmptyDirectory();
      assertThat(open.staged()).isEmptyDirectory();
    }
    assertThat(target().resolve("stats.json")).hasContent(STATISTICS);
    assertThat(hidden()).doesNotExist();
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
