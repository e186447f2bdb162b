package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapRoomTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;
  private DatasetFiles files;

  @BeforeEach
  void load() {
    files =
        DatasetFiles.load(
            new YamlLoader(Map.<String, String>of()::get),
            new DatasetSpace(folder).config(""),
            Map.of());
  }

  @Test
  void moreRowsThanFitHalfOfTheHeapAreOneLineWithBothNumbers() {
    long most = 8 * MIB / 2 / HeapRoom.OF_COLUMNS;
    assertThatCode(() -> HeapRoom.require(most, HeapRoom.OF_COLUMNS, 8 * MIB, files))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> HeapRoom.require(most + 1, HeapRoom.OF_COLUMNS, 8 * MIB, files))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("dataset.yaml: from, to: must hold at most " + most + " windows")
        .hasMessageContaining("for a heap of 8 MiB, held " + (most + 1) + "; narrow them")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anAnswerNeedsItsRowsAsObjectsAndAsText() {
    assertThatThrownBy(() -> HeapRoom.require(10_000, HeapRoom.ofAnswer(100), 64 * MIB, files))
        .isInstanceOf(ConfigException.class);
    assertThatCode(() -> HeapRoom.require(10_000, HeapRoom.ofAnswer(10), 64 * MIB, files))
        .doesNotThrowAnyException();
  }

  @Test
  void thereAreNoMoreRowsThanAnArrayHasPlaces() {
    assertThatThrownBy(() -> HeapRoom.require(1L << 31, HeapRoom.OF_COLUMNS, Long.MAX_VALUE, files))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("held 2147483648");
  }
}
