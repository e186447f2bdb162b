package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says to wrong usage; nothing is started. */
class TidewatchTest {
  private static final String HOME = "tidewatch.home";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeAll
  static void findFlinkConf() {
    System.setProperty(HOME, System.getProperty("tidewatch.root"));
  }

  @AfterAll
  static void forget() {
    System.clearProperty(HOME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense | --nonsense | tidewatch --help",
        "nonsense | nonsense | tidewatch --help",
        "'' | subcommand | tidewatch --help",
        "demo --nonsense | --nonsense | tidewatch demo --help",
        "demo nonsense | nonsense | tidewatch demo --help",
        "demo --speed | --speed | tidewatch demo --help",
        "demo --speed fast | --speed | tidewatch demo --help",
        "demo --speed 0 | --speed | tidewatch demo --help",
        "demo --speed -1 | --speed | tidewatch demo --help",
        "demo --speed NaN | --speed | tidewatch demo --help",
        "demo --speed Infinity | --speed | tidewatch demo --help",
        "demo --duration soon | --duration | tidewatch demo --help",
        "demo --duration 60 | --duration | tidewatch demo --help",
        "demo --duration 0s | --duration | tidewatch demo --help",
        "demo --duration PT-5S | --duration | tidewatch demo --help",
        "demo --duration 200d --duration 1s | --duration | tidewatch demo --help",
        "features | subcommand | tidewatch features --help",
        "features extract | --config | tidewatch features extract --help",
        "features extract --config x --max-rows 0 | --max-rows | tidewatch features extract --help",
        "features stats --config x --target y | --target | tidewatch features stats --help",
        "model | subcommand | tidewatch model --help",
        "model rollback host | VERSION | tidewatch model rollback --help",
        "notifier | --config | tidewatch notifier --help",
        "demo --seed x | --seed | tidewatch demo --help",
        "chaos | --scenario | tidewatch chaos --help",
        "chaos --all --scenario calm | --scenario | tidewatch chaos --help",
        "chaos --scenario storm | --scenario | tidewatch chaos --help",
        "chaos --scenario calm --records 10 | --records | tidewatch chaos --help",
        "chaos --scenario kill-tm --kills 0 | --kills | tidewatch chaos --help",
        "chaos --seconds 5 --scenario calm | --seconds | tidewatch chaos --help",
        "chaos --fuzz --scenario calm | --scenario | tidewatch chaos --help",
        "chaos --fuzz --all | --all | tidewatch chaos --help",
        "chaos --fuzz --kills 2 | --kills | tidewatch chaos --help",
        "chaos --fuzz --records 5000 | --records | tidewatch chaos --help",
        "chaos --fuzz --out x | --out | tidewatch chaos --help",
        "chaos --fuzz --data x | --data | tidewatch chaos --help",
        "chaos --fuzz --seed 1,2 | --seed | tidewatch chaos --help",
        "chaos --fuzz --seconds 0 | --seconds | tidewatch chaos --help",
        "chaos --fuzz --target nobody | --target | tidewatch chaos --help",
        "chaos --fuzz --input 00 | --input | tidewatch chaos --help",
        "chaos --fuzz --target scaler --input x | --input | tidewatch chaos --help"
      })
  void wrongUsageIsOneLineThatNamesWhatIsWrong(String line, String named, String help)
      throws IOException {
    assertThat(execute(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);

    assertOneLine(named);
    assertThat(err.toString()).contains("`" + help + "`");
  }

  @Test
  void oneInputIsFedToOneTarget() {
    assertThat(execute("chaos", "--fuzz", "--target", "expression", "--input", "78203e2035"))
        .isZero();

    assertThat(out.toString()).startsWith("expression: 1 inputs, 1 accepted, 0 refused");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void replayOfAMissingFileIsOneLineBeforeAnythingIsTouched() throws IOException {
    Path data = folder.resolve("data");
    Path missing = folder.resolve("missing.csv");

    assertThat(execute("demo", "--replay", missing.toString(), "--data", data.toString()))
        .isEqualTo(1);

    assertOneLine(missing.toString());
    assertThat(data).doesNotExist();
  }

  @Test
  void replayOfAFileWithoutRecordsIsOneLineBeforeAnythingIsTouched() throws IOException {
    Path data = folder.resolve("data");
    Path wrong = Files.writeString(folder.resolve("wrong.ndjson"), "{\"model\":\n");

    assertThat(execute("demo", "--replay", wrong.toString(), "--data", data.toString()))
        .isEqualTo(1);

    assertOneLine(wrong.toString());
    assertThat(data).doesNotExist();
  }

  @Test
  void folderOfOthersIsRefusedInOneLine() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "precious");

    assertThat(execute("demo", "--data", folder.toString())).isEqualTo(1);

    assertOneLine("--data");
    assertThat(folder.resolve("mine.txt")).hasContent("precious");
  }

  @Test
  void helpNamesTheOptions() {
    assertThat(execute("demo", "--help")).isZero();

    assertThat(out.toString()).contains("--duration", "--replay", "--speed", "--seed", "--data");
    assertThat(err.toString()).isEmpty();
  }

  private int execute(String... args) {
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private void assertOneLine(String named) throws IOException {
    assertThat(err.toString().lines()).singleElement().asString().contains(named);
    assertThat(err.toString()).startsWith("tidewatch: ");
    assertThat(out.toString()).isEmpty();
    try (Stream<Path> files = Files.list(Path.of(""))) {
      assertThat(files).noneMatch(file -> file.toString().contains("tidewatch-data"));
    }
  }
}
