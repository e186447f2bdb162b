package io.tidewatch.benchmarks.detection;

import static io.tidewatch.benchmarks.detection.TextFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.detection.input.AsdEntity;
import io.tidewatch.benchmarks.detection.input.LabelledRows;
import io.tidewatch.benchmarks.detection.input.NabFolder;
import io.tidewatch.benchmarks.detection.input.NabTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DetectionCommandTest {
  private static final DetectionPlan PLAN = new DetectionPlan(2, 2, false);
  private static final long STEP_MS = 300_000;
  private static final int ROWS = 400;
  private static final int SPIKE = 300;

  @TempDir private Path folder;

  @BeforeEach
  void threeKindsOfData() {
    write(folder.resolve("nab/a/one.csv"), series(1, true));
    write(folder.resolve("nab/a/two.csv.gz"), series(2, true));
    write(folder.resolve("nab/b/calm.csv"), series(3, false));
    write(folder.resolve("nab/b/other.csv"), series(4, true));
    String window =
        "[[\"%s\", \"%s\"]]"
            .formatted(
                NabTime.format((SPIKE - 5) * STEP_MS), NabTime.format((SPIKE + 4) * STEP_MS));
    write(
        folder.resolve("nab/windows.json"),
        """
        {"a/one.csv": %s, "a/two.csv": %s, "b/calm.csv": [], "b/other.csv": %s, "b/gone.csv": []}
        """
            .formatted(window, window, window));
    write(folder.resolve("asd/s-1_train.csv"), rows(5, false));
    write(folder.resolve("asd/s-1_test.csv.gz"), rows(6, true));
    write(folder.resolve("adbench/pima.csv"), rows(7, true));
  }

  @Test
  void writesTheDocumentAndAFileOfScoresForEachSeriesAndVariant() throws IOException {
    assertThat(
            run(
                "--nab",
                "nab",
                "--asd",
                "asd",
                "--adbench",
                "adbench",
                "--out",
                "out",
                "--scores",
                "scores"))
        .isZero();

    String text = Files.readString(folder.resolve("out/detection.md"));
    assertThat(text)
        .contains("4 series, 1,600 rows, 3 labelled windows", "b/gone.csv")
        .contains("| null | 0.0 | 0.0 | 0.0 |", "| range | ", "| ARTime | 74.9 | 65.1 | 80.4 |")
        .contains("| s-1 | flag nothing | 0.500 | 0.000 | 0.00 % | 100.00 % |")
        .contains("| s-1 | flag everything | 0.500 |")
        .contains("| s-1 | forest of each metric |", "| pima | 400 | 2 | 10 |", " 0.671 |")
        .contains("## The threshold of the anomaly job on normal rows", "| **all** | 0.00 |")
        .contains("`built-in`", "`smile`");
    List<String> scores = Files.readAllLines(folder.resolve("scores/nab/range/a/two.csv"));
    assertThat(scores).hasSize(ROWS + 1).startsWith("timestamp,value,score,decision,label");
    assertThat(scores.get(SPIKE + 1)).endsWith(",50.0,1.0,1,1");
    assertThat(scores.get(SPIKE - 10 + 1)).endsWith(",0.0,0,0");
    assertThat(folder.resolve("scores/nab/every-row/b/calm.csv")).exists();
    assertThat(Files.readAllLines(folder.resolve("scores/asd/range-of-each-metric/s-1.csv")))
        .hasSize(ROWS + 1)
        .startsWith("row,score,decision,label");
    assertThat(Files.readAllLines(folder.resolve("scores/adbench/built-in/pima.csv")))
        .hasSize(ROWS + 1)
        .startsWith("row,score,decision,label");
    assertThat(text)
        .contains("| s-1 | one forest over all metrics |", "| s-1 | forest of the job |");
  }

  @Test
  void quickTakesTheShortestSeriesOfEachGroup() throws IOException {
    write(folder.resolve("nab/b/calm.csv"), firstLines(series(3, false), 200));

    assertThat(
            run(
                "--nab",
                "nab",
                "--asd",
                "asd",
                "--adbench",
                "adbench",
                "--out",
                "out",
                "--quick",
                "--variants",
                "range"))
        .isZero();
    assertThat(Files.readString(folder.resolve("out/detection.md")))
        .contains("A quick run", "2 series, ", "| b/calm.csv | 200 | 0 |", "2 seed(s)")
        .doesNotContain("| null |", "| forest of each metric |", "b/other.csv");
  }

  @Test
  void sameDataGiveTheSameScoresAndJsonIsOneLine() throws Exception {
    JsonNode first = json(results());
    JsonNode second = json(results());

    assertThat(first.path("bench").asText()).isEqualTo("detection");
    assertThat(first.path("nab").path("windows").asInt()).isEqualTo(3);
    JsonNode range = first.path("nab").path("variants").path(5);
    assertThat(range.path("variant").asText()).isEqualTo("range");
    assertThat(range.path("windowsFound").asInt()).isEqualTo(3);
    assertThat(range.path("standard").path("fixed").asDouble()).isGreaterThan(50);
    assertThat(range.path("standard").path("best").asDouble())
        .isGreaterThanOrEqualTo(range.path("standard").path("fixed").asDouble());
    assertThat(range.path("standard").path("groups").path("mean").isNumber()).isTrue();
    assertThat(range.path("reward_low_FP_rate").path("halves").path("min").isNumber()).isTrue();
    assertThat(first.path("asd").path(2).path("method").asText()).isEqualTo(AsdRun.FOREST);
    assertThat(first.path("asd").path(2).path("auc").asDouble()).isGreaterThan(0.9);
    JsonNode shipped = first.path("normal").path(0);
    assertThat(shipped.path("normal").asInt() + shipped.path("anomalous").asInt())
        .as("windows of both files, without those of the warm-up")
        .isBetween(2 * ROWS - 300, 2 * ROWS - 200);
    assertThat(shipped.path("found").asInt()).as("the last rows lie apart").isPositive();
    assertThat(shipped.path("falseShare").asDouble()).isLessThan(0.02);
    assertThat(first.path("adbench").path(0).path("built-in").asDouble()).isGreaterThan(0.9);
    assertThat(withoutTimes(second)).isEqualTo(withoutTimes(first));
  }

  @Test
  void dataThatAreNotThereAreSaidToBeMissing() throws IOException {
    DetectionReport report =
        new DetectionReport(
            new DetectionResults(null, null, null, null, List.of()), DetectorVariant.ALL, PLAN);

    assertThat(report.text(new Machine("2026-11-21", "some machine"), "tidewatch x"))
        .contains("some machine", "## NAB\n\nNot scored: the data were not there.", "- range: ");
    assertThat(report.json()).isEqualTo("{\"ok\":true,\"bench\":\"detection\"}");
  }

  @Test
  void folderThatIsMissingOrMalformedFailsInOneLine() {
    assertThat(failure("--nab", folder.resolve("absent").toString()))
        .isEqualTo("--nab: must be a folder that is there, was " + folder.resolve("absent"));
    write(folder.resolve("adbench/pima.csv"), "x,label\n1,0\nsix,1\n");
    assertThat(failure("--adbench", folder.resolve("adbench").toString()))
        .isEqualTo(folder.resolve("adbench/pima.csv") + ":3: x: must be a finite number, was six");
    assertThat(failure("--variants", "oracle")).startsWith("--variants: must be among shipped, ");
  }

  @Test
  void withoutAnyDataItSaysHowToNameThem() {
    String before = System.setProperty("tidewatch.data", folder.resolve("absent").toString());
    try {
      assertThat(failure()).startsWith("no data: name a folder with --nab, --asd or --adbench");
    } finally {
      if (before == null) {
        System.clearProperty("tidewatch.data");
      } else {
        System.setProperty("tidewatch.data", before);
      }
    }
  }

  private int run(String... arguments) {
    StringWriter errors = new StringWriter();
    int exit =
        new CommandLine(new DetectionCommand())
            .setErr(new PrintWriter(errors))
            .execute(
                Stream.of(arguments)
                    .map(
                        each ->
                            Files.isDirectory(folder.resolve(each)) || isNew(each)
                                ? folder.resolve(each).toString()
                                : each)
                    .toArray(String[]::new));
    assertThat(errors.toString()).isEmpty();
    return exit;
  }

  private static boolean isNew(String argument) {
    return argument.equals("out") || argument.equals("scores");
  }

  private static String failure(String... arguments) {
    StringBuilder message = new StringBuilder();
    int exit =
        new CommandLine(new DetectionCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  message.append(failure.getMessage());
                  return 1;
                })
            .execute(arguments);
    assertThat(exit).isOne();
    return message.toString();
  }

  private DetectionReport results() throws Exception {
    return new DetectionReport(
        new DetectionResults(
            NabRun.run(NabFolder.read(folder.resolve("nab")), DetectorVariant.ALL, PLAN, null),
            AsdRun.run(AsdEntity.read(folder.resolve("asd")), DetectorVariant.ALL, PLAN, null),
            AdbenchRun.run(
                LabelledRows.adbench(folder.resolve("adbench")), AdbenchRun.engines(), PLAN, null),
            NormalRun.run(AsdEntity.read(folder.resolve("asd")), PLAN),
            List.of("built-in", "smile")),
        DetectorVariant.ALL,
        PLAN);
  }

  private static JsonNode json(DetectionReport report) throws IOException {
    assertThat(report.json()).doesNotContain("\n");
    return new ObjectMapper().readTree(report.json());
  }

  private static String withoutTimes(JsonNode json) {
    return json.toString().replaceAll("\"microsPerRow\":[^,]*,", "");
  }

  /** Noise around 10; 50 once where there is a spike. */
  private static String series(long seed, boolean spike) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("timestamp,value\n");
    for (int row = 0; row < ROWS; row++) {
      double value = spike && row == SPIKE ? 50 : 10 + random.nextDouble();
      text.append(NabTime.format(row * STEP_MS)).append(',').append(value).append('\n');
    }
    return text.toString();
  }

  /** Two features; the last ten rows lie apart and are labelled where there are labels. */
  private static String rows(long seed, boolean labelled) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(labelled ? "x,y,label\n" : "x,y\n");
    for (int row = 0; row < ROWS; row++) {
      boolean apart = labelled && row >= ROWS - 10;
      text.append((apart ? 5 : 0) + random.nextDouble())
          .append(',')
          .append(random.nextDouble() + (apart ? 3 : 0))
          .append(labelled ? apart ? ",1" : ",0" : "")
          .append('\n');
    }
    return text.toString();
  }

  private static String firstLines(String text, int rows) {
    return String.join("\n", text.lines().limit(rows + 1).toList()) + "\n";
  }
}
