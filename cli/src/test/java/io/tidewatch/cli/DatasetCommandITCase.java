package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatasetCommandITCase {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeReadings() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.writeString(
        models.resolve("press.yaml"),
        """
        name: press
        description: a press
        unknown_fields: reject
        out_of_range: missing
        window: {size: PT10S, slide: PT5S}
        fields:
          - {name: force, unit: N, valid_range: [null, null]}
        features: [mean]
        """);
    StringBuilder csv = new StringBuilder("timestamp,device_id,force\n");
    for (int second = 0; second < 300; second++) {
      csv.append(1_700_000_000_000L + second * 1000L)
          .append(",a,")
          .append(second % 17)
          .append('\n');
    }
    Files.writeString(folder.resolve("readings.csv"), csv);
    Files.writeString(
        folder.resolve("dataset.yaml"),
        "models: models\nmodel: pres\nsource: {files: {paths: [readings.csv]}}\n");
  }

  private int run(String... options) {
    String[] args = new String[options.length + 5];
    args[0] = "dataset";
    args[1] = "--config";
    args[2] = folder.resolve("dataset.yaml").toString();
    args[3] = "--target";
    args[4] = folder.resolve("out").toString();
    System.arraycopy(options, 0, args, 5, options.length);
    CommandLine command = Tidewatch.command();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void optionsStandOverTheFileAndTheTargetIsThereAfterwards() {
    assertThat(run("--model", "press", "--device", "a")).as(err.toString()).isZero();
    assertThat(folder.resolve("out/_SUCCESS")).exists();
    assertThat(out.toString()).contains("windows for train").contains("300 read, 300 selected");
  }

  @Test
  void whatIsWrongIsOneLineAndTheExitCodeOne() {
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("tidewatch: ")
        .endsWith("model: must be one of [press], was 'pres'");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertThat(run("--colour", "red")).isEqualTo(2);
  }
}
