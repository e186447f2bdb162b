package io.tidewatch.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as users start it, from the jar that was built. */
class DemoITCase {
  private static final int REPLAYED = 60;

  /** Of the process; the demo feeds for 12 s of it. */
  private static final int TIMEOUT_MINUTES = 4;

  @TempDir Path folder;

  @Test
  void accountsForEveryRecordAndWritesToItsFolderOnly() throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path replay = Files.writeString(folder.resolve("replay.ndjson"), readings());

    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    int exitCode = demo(work, temporary, output, errors, replay);

    String text = Files.readString(output, UTF_8);
    assertThat(Files.readString(errors, UTF_8)).isEmpty();
    assertThat(exitCode).as(text).isZero();
    assertThat(text).contains("RECORDED   " + replay, "records in", "windows fired", "P99");
    assertThat(text).containsPattern("last (score|anomaly) ");
    assertThat(text).containsPattern("notifier told \\d+ by mail, \\d+ by webhook");
    List<String> lines = text.lines().toList();
    JsonNode totals = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(totals.get("ok").booleanValue()).isTrue();
    JsonNode scores = totals.get("anomaly_scores");
    assertThat(scores.get("complete").booleanValue()).isTrue();
    assertThat(scores.get("scored").longValue()).as("scores of a fleet").isPositive();
    assertThat(scores.get("of_single_metrics").longValue()).isPositive();
    for (String input : List.of("telemetry", "api_latency")) {
      JsonNode stream = totals.get(input);
      assertThat(stream.get("balanced").booleanValue()).isTrue();
      assertThat(stream.get("in").longValue())
          .isGreaterThan(REPLAYED)
          .isEqualTo(
              stream.get("written").longValue()
                  + stream.get("rejected").longValue()
                  + stream.get("late").longValue());
      assertThat(stream.get("rejected").longValue()).isPositive();
      assertThat(stream.get("late").longValue()).isPositive();
    }
    assertThat(names(work)).containsExactly("tidewatch-data");
    assertThat(names(temporary)).isEmpty();
    assertThat(names(folder))
        .containsExactly("errors.txt", "output.txt", "replay.ndjson", "tmp", "work");
  }

  /** Ten readings a second for six seconds. */
  private static String readings() {
    return IntStream.range(0, REPLAYED)
        .mapToObj(
            i ->
                "{\"model\":\"metric\",\"device_id\":\"replayed\",\"event_time_ms\":%d,\"fields\":{\"value\":%d}}"
                    .formatted(1_404_067_200_000L + i * 1000L, i))
        .collect(Collectors.joining("\n"));
  }

  private static int demo(Path work, Path temporary, Path output, Path errors, Path replay)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-Djava.io.tmpdir=" + temporary,
                "-Dtidewatch.home=" + System.getProperty("tidewatch.root"),
                "-jar",
                Path.of("target", "tidewatch.jar").toAbsolutePath().toString(),
                "demo",
                "--duration",
                "12s",
                "--speed",
                "10",
                "--replay",
                replay.toString())
            .directory(work.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
