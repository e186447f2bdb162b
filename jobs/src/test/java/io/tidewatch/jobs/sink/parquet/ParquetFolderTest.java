package io.tidewatch.jobs.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ParquetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFolderTest {
  @TempDir Path folder;

  @Test
  void isMadeAndLeftEmpty() throws IOException {
    Path made = folder.resolve("a/b");

    ParquetFolder.requireWritable(new ParquetConfig(made.toString()));
    ParquetFolder.requireWritable(new ParquetConfig(made.toUri().toString()));

    assertThat(made).isEmptyDirectory();
  }

  @Test
  void whereNoFolderCanBeIsSaidAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(
            () -> ParquetFolder.requireWritable(new ParquetConfig(file.resolve("b").toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "parquet.path: must be a folder in which files can be made, was '%s' (",
            file.resolve("b"));
  }

  @Test
  void aFileSystemThatFlinkDoesNotHaveIsSaidAtOnce() {
    assertThatThrownBy(() -> ParquetFolder.requireWritable(new ParquetConfig("moon://sea/rows")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("was 'moon://sea/rows'");
  }

  @Test
  void aUriThatIsNoneIsSaidAtOnce() {
    assertThatThrownBy(() -> ParquetFolder.requireWritable(new ParquetConfig("s3://[sea/rows")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "parquet.path: must be a folder in which files can be made, was 's3://[sea/rows' (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "./rows", "s3:rows", "C:\\rows"})
  void aPathThatDependsOnTheProcessIsRefused(String path) {
    assertThatThrownBy(() -> new ParquetConfig(path))
        .hasMessage("path: must be a folder from the root on, or a URI, was '" + path + "'");
  }
}
