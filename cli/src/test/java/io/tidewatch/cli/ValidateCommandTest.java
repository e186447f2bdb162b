package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tidewatch validate}, on shipped files and on bad ones. */
class ValidateCommandTest {
  private static final String ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize() + "/";
  private static final String TELEMETRY = ROOT + "flink-conf/jobs/telemetry.yaml";
  private static final String LATENCY = ROOT + "flink-conf/jobs/latency.yaml";
  private static final String ANOMALY = ROOT + "flink-conf/jobs/anomaly.yaml";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void copyWhatConfigurationsName() throws IOException {
    for (String file :
        List.of(
            "rules/latency.yaml",
            "rules/telemetry.yaml",
            "models/cache.yaml",
            "models/host.yaml",
            "models/welding.yaml")) {
      Path copy = folder.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(ROOT, "flink-conf", file), copy);
    }
  }

  @Test
  void shippedFilesAreValidWithoutAWarning() {
    assertThat(validate(TELEMETRY, LATENCY, ANOMALY)).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains(TELEMETRY + ": telemetry job, 9 alert rules")
        .contains(LATENCY + ": latency job, 5 alert rules")
        .contains(ANOMALY + ": anomaly job, 2 alert rules")
        .containsPattern("\\n  host +1m / 5s +13–73 ")
        .containsPattern("\\n  welding +10s / 1s ")
        .containsPattern("\\n  endpoint +1m / 5s .* 0\\.2000 +17,280,000\\n");
  }

  @Test
  void printsRangesAndSignsInAPosixLocaleToo() throws Exception {
    Path wrong = folder.resolve("telemetry.yaml");
    Files.writeString(wrong, "pre_aggregation: {max_partials: -1}\n");

    String written = inPosixLocale("validate", TELEMETRY, wrong.toString());

    assertThat(written)
        .containsPattern("\n  host +1m / 5s +13–73 ")
        .contains("max_partials: must be ≥ 0, was -1");
  }

  /** Standard output and error of a process of its own. */
  private static String inPosixLocale(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tidewatch.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("LC_ALL", "POSIX");
    Process running = process.start();
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    running.waitFor();
    return output;
  }

  @Test
  void modelsByPointsTellPoints() throws IOException {
    Path model = folder.resolve("models/host.yaml");
    Files.writeString(
        model,
        Files.readString(model)
            .replace("  size: PT1M\n  slide: PT5S\n", "  size: 100 points\n  overlap: 0.5\n"));
    Path job = folder.resolve("jobs/telemetry.yaml");
    Files.createDirectories(job.getParent());
    Files.writeString(job, "models: ../models\n");

    assertThat(validate(job.toString())).isZero();
    assertThat(out.toString()).containsPattern("\n  host +100 / 50 points +2–2 ");
  }

  @Test
  void moreKeysCostAsManyTimesAsMuch() {
    assertThat(validate(LATENCY, "--keys", "1")).isZero();
    String[] one = lastLine();
    assertThat(validate(LATENCY, "--keys", "1024")).isZero();
    String[] many = lastLine();

    assertThat(many[5]).as("heap a key").isEqualTo(one[5]);
    assertThat(one[9]).as("of one key").isEqualTo(one[5]);
    assertThat(one[6] + one[10]).isEqualTo("KiBKiB");
    assertThat(many[9]).as("of 1024 keys").isEqualTo(one[5]);
    assertThat(many[10]).isEqualTo("MiB");
    assertThat(one[14]).as("rows a day").isEqualTo("17,280");
  }

  @Test
  void detectorsOfSingleMetricsCostWhatTheDocumentSays() throws IOException {
    assertThat(validate(ANOMALY)).isZero();

    assertThat(out.toString())
        .containsPattern("\\n  detectors +metrics +heap a key +of 1,000 keys +rows/s a key\\n")
        .containsPattern("\\n  welding +4 .* 4\\.000\\n")
        .containsPattern("\\n  at most +500 ");
    assertThat(Files.readString(Path.of(ROOT, "docs/operations.md")))
        .as("paste what the command prints")
        .contains(out.toString().replace(ROOT, ""));
  }

  /** The documentation shows what the command prints, here and now. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/operations.md"})
  void documentsShowWhatTheCommandPrints(String document) throws IOException {
    assertThat(validate(TELEMETRY, LATENCY)).isZero();

    assertThat(Files.readString(Path.of(ROOT, document)))
        .as("%s: paste what the command prints", document)
        .contains(out.toString().replace(ROOT, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window: {size: PT24H, slide: PT1S} | : window.slide: must be ≥ PT8.64S (size PT24H /"
            + " 10000), was PT1S",
        "window: {size: PT1M, slide: PT7S} | : window.size: must be a whole number of slides"
            + " (PT7S), was PT1M",
        "event_time: {allowed_lateness: P30D} | : window: must need at most 64.0 MiB of heap a key,"
            + " was ",
        "event_time: {allowed_lateness: -PT1S} | : event_time.allowed_lateness: must be ≥ PT0S, was"
            + " PT-1S",
        "sinks: {windows: [parquet]} | : parquet.path: must be given where sinks.windows names"
            + " parquet, was empty",
        "parquet: {path: rows} | : parquet.path: must be a folder from"
            + " the root on, or a URI, was 'rows'",
        "sinks: {windows: [files]} | : sinks.windows[0]: must be one of timescale, tdengine, kafka,"
            + " parquet, was 'files'",
        "alerting: {rules: none.yaml} | none.yaml: must be a readable file",
        "widow: {size: PT1M} | : widow: unknown key",
      })
  void aConfigurationThatCannotRunIsOneLineAndExitCodeOne(String text, String error)
      throws IOException {
    Path file = file("latency.yaml", text);

    assertThat(validate(file.toString())).isEqualTo(1);

    assertThat(err.toString().lines().filter(line -> line.contains(error)))
        .as(err.toString())
        .singleElement()
        .asString()
        .startsWith("tidewatch: " + folder);
  }

  @Test
  void eachBadModelIsALineThatNamesItsFile() throws IOException {
    String host = Files.readString(folder.resolve("models/host.yaml"));
    file("models/host.yaml", host.replace("size: PT1M", "size: PT168H"));
    file(
        "models/oven.yaml",
        host.replace("name: host", "name: oven").replace("slide: PT5S", "slide: PT0.001S"));
    Path file = file("jobs/any.yaml", "models: ../models");

    assertThat(validate(file.toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .anyMatch(line -> line.matches("tidewatch: .*/host\\.yaml: window\\.slide: must be ≥ .*"))
        .anyMatch(line -> line.matches("tidewatch: .*/oven\\.yaml: window\\.slide: must be ≥ .*"));
    assertThat(out.toString()).as("what it would cost").contains("168h / 5s", "1m / 0.001s");
  }

  @Test
  void whatIsCostlyButPossibleIsAWarning() throws IOException {
    Path file =
        file(
            "jobs/any.yaml",
            "window: {size: PT1H, slide: PT2S}\nevent_time: {allowed_lateness: PT1M}");

    assertThat(validate(file.toString())).isZero();

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("tidewatch: warning: " + file + ": "))
        .anyMatch(line -> line.contains("window.slide: should be ≥ PT3.6S"))
        .anyMatch(line -> line.contains("a late record writes up to 1800 rows"));
  }

  @Test
  void oneBadFileDoesNotHideTheOthers() throws IOException {
    Path missing = folder.resolve("missing.yaml");

    assertThat(validate(missing.toString(), LATENCY)).isEqualTo(1);

    assertThat(err.toString().lines()).singleElement().asString().contains(missing.toString());
    assertThat(out.toString()).contains("latency job");
  }

  @Test
  void aFileWithoutKeysOfAJobIsThatOfItsNameOrOfTheOption() throws IOException {
    String text = "event_time: {max_ahead: PT1M}";
    Path named = file("jobs/latency-berlin.yaml", text);
    Path unnamed = file("jobs/berlin.yaml", text);

    assertThat(validate(named.toString())).isZero();
    assertThat(validate("--job", "Telemetry", unnamed.toString())).isZero();
    assertThat(out.toString()).contains(named + ": latency job", unnamed + ": telemetry job");
    assertThat(validate(unnamed.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("--job");
  }

  @ParameterizedTest
  @CsvSource({"--keys 0, --keys", "--keys x, --keys", "--job forecast, --job", "--keys 1, CONFIG"})
  void wrongUsageIsOneLine(String options, String named) {
    String[] args = options.equals("--keys 1") ? new String[0] : new String[] {LATENCY};

    assertThat(validate(concat(options.split(" "), args))).isEqualTo(2);

    assertThat(err.toString().lines()).singleElement().asString().contains(named);
    assertThat(out.toString()).isEmpty();
  }

  private static String[] concat(String[] first, String[] second) {
    String[] both = new String[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private String[] lastLine() {
    return out.toString().lines().reduce("", (before, line) -> line).trim().split(" +");
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    // Beside the folders that the defaults name, whatever its depth.
    boolean atTop = file.getParent().equals(folder);
    return Files.writeString(
        file,
        atTop && !text.contains("alerting")
            ? text + "\nalerting: {rules: rules/latency.yaml}\n"
            : text);
  }

  private int validate(String... args) {
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(concat(new String[] {"validate"}, args));
  }
}
