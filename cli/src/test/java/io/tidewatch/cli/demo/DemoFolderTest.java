package io.tidewatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoFolderTest {
  @TempDir Path folder;

  @Test
  void refusesAFolderOfOthersAndTouchesNothingInIt() throws IOException {
    write("mine.txt", "precious");
    write("kafka/log", "also");

    assertThatThrownBy(() -> DemoFolder.claim(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--data: must be empty")
        .hasMessageContaining(folder.toString());

    assertThat(files()).containsExactly("kafka", "kafka/log", "mine.txt");
    assertThat(folder.resolve("mine.txt")).hasContent("precious");
  }

  @Test
  void makesAFolderThatIsAbsent() throws IOException {
    Path absent = folder.resolve("a/b");

    try (DemoFolder claimed = DemoFolder.claim(absent)) {
      assertThat(claimed.path()).isEqualTo(absent).isDirectory();
    }
  }

  @Test
  void clearsWhatAnEarlierDemoLeftButKeepsTheProgramsOfPostgres() throws IOException {
    DemoFolder.claim(folder).close();
    List<String> empty = files();
    write("kafka/log/0", "old");
    write("postgres/data/PG_VERSION", "16");
    write("postgres/binaries/bin/postgres", "program");
    write("tidewatch.log", "old");

    DemoFolder.claim(folder).close();

    assertThat(files())
        .containsAll(empty)
        .contains("postgres/binaries/bin/postgres")
        .doesNotContain("kafka", "postgres/data", "tidewatch.log");
  }

  @Test
  void touchesNothingBehindASymbolicLink(@TempDir Path others) throws IOException {
    DemoFolder.claim(folder).close();
    Files.writeString(others.resolve("mine.txt"), "precious");
    Files.createSymbolicLink(folder.resolve("link"), others);

    DemoFolder.claim(folder).close();

    assertThat(others.resolve("mine.txt")).hasContent("precious");
    assertThat(folder.resolve("link")).doesNotExist();
  }

  @Test
  void refusesAFolderThatAnotherDemoUsesAndTouchesNothingInIt() throws IOException {
    try (DemoFolder first = DemoFolder.claim(folder)) {
      write("kafka/log", "in use");

      assertThatThrownBy(() -> DemoFolder.claim(first.path()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another demo");

      assertThat(folder.resolve("kafka/log")).hasContent("in use");
    }
    DemoFolder.claim(folder).close();
  }

  @Test
  void copiesModelsWithFasterWindowsForTheReplayedOneOnly(@TempDir Path models) throws IOException {
    for (String name : List.of("slow", "other")) {
      Files.writeString(
          models.resolve(name + ".yaml"),
          """
          # comment
          name: %s
          description: one field
          unknown_fields: reject
          out_of_range: missing
          window: {size: 1m, slide: PT5S}
          fields: [{name: x, unit: "1", valid_range: [null, 7]}]
          """
              .formatted(name));
    }
    TelemetryModels originals = ModelFiles.load(YamlLoader.ofProcess(), models);
    try (DemoFolder claimed = DemoFolder.claim(folder)) {

      Path copies = claimed.copyModels(models, "slow", 2.5);

      TelemetryModels copied = ModelFiles.load(YamlLoader.ofProcess(), copies);
      assertThat(copied.get("other")).isEqualTo(originals.get("other"));
      assertThat(copied.get("slow").fields()).isEqualTo(originals.get("slow").fields());
      assertThat(copied.get("slow").window())
          .isEqualTo(new WindowSpec(Duration.ofSeconds(24), Duration.ofSeconds(2)));
    }
  }

  @Test
  void aReplayedModelWithWindowsByPointsStaysAsItIs(@TempDir Path models) throws IOException {
    String counted = "name: counted\nwindow: {size: 100 points, overlap: 0.5}\n";
    Files.writeString(models.resolve("counted.yaml"), counted);
    try (DemoFolder claimed = DemoFolder.claim(folder)) {
      Path copies = claimed.copyModels(models, "counted", 60);

      assertThat(copies.resolve("counted.yaml")).hasContent(counted);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M,PT5S,1,PT1M,PT5S",
    "PT1M,PT5S,2.5,PT24S,PT2S",
    "PT1M,PT5S,60,PT12S,PT1S",
    "PT1H,PT5M,300,PT12S,PT1S",
    "PT1H,PT5M,60,PT1M,PT5S",
    "PT10S,PT1S,60,PT10S,PT1S",
    "PT1S,PT0.1S,60,PT1S,PT0.1S",
    "PT1M,PT5S,0.5,PT1M,PT5S",
    "PT1M,PT5S,1e300,PT12S,PT1S"
  })
  void fasterWindowsKeepTheirPanesAndDoNotGoBelowASecond(
      Duration size, Duration slide, double speed, Duration fasterSize, Duration fasterSlide) {
    assertThat(DemoFolder.faster(new WindowSpec(size, slide), speed))
        .isEqualTo(new WindowSpec(fasterSize, fasterSlide));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.skip(1).map(path -> folder.relativize(path).toString()).sorted().toList();
    }
  }
}
