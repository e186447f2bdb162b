package io.tidewatch.benchmarks.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class WindowsReportTest {
  private final Results results = new Results();

  @BeforeEach
  void twoRepetitions() {
    for (double slower : new double[] {1, 2}) {
      results.beginRepetition();
      results.add(Samples.result("plain", 8_000_000 / slower));
      results.add(Samples.result("source", 2_000_000 / slower));
      results.add(Samples.result("window", 13_000 / slower));
      results.add(Samples.result("sql-sketch", 400_000 / slower));
      results.add(Samples.result("tidewatch", 1_800_000 / slower));
    }
    results.add(Samples.result(new RunSpec("tidewatch", 1, 600, 100), 1, false));
  }

  private String text() {
    return new WindowsReport(
            Plan.quick(List.of()).withRepetitions(2),
            results,
            new Machine("2026-11-21", "2 × Some Processor, 24 GB"),
            "tidewatch bench windows",
            List.of("-Xmx4g"))
        .text();
  }

  @Test
  void saysWhereHowAndBesideWhatItWasMeasured() {
    assertThat(text())
        .contains("`tidewatch bench windows`", "2026-11-21", "2 × Some Processor", "`-Xmx4g`")
        .contains("kept 0.5 of the processors busy", "1.3 to 1.3");
  }

  @Test
  void holdsGoalsAgainstWhatWasReached() {
    assertThat(text())
        .contains("| `tidewatch` / `source` | ≥ 0.85 | 0.90 | yes |")
        .contains("| `tidewatch` / `window` | ≥ 100 | 138 | yes |")
        .contains("| `tidewatch` / `sql-sketch` | ≥ 4.00 | 4.50 | yes |")
        .contains("| `features` / `features-source` | ≥ 0.85 | not measured |  |");
  }

  @Test
  void tellsFiguresAndRatiosOfEachVariant() {
    assertThat(text())
        .contains(
            "| `tidewatch` | 1,350,000 (900,000–1,800,000) | 0.90 (0.90–0.90) | 138 (138–138) |")
        .contains("| `plain` | 6,000,000 (4,000,000–8,000,000) | 4.00 (4.00–4.00) |")
        .contains("- `sql-sketch`: Flink SQL `HOP`, DDSketch aggregate");
  }

  @Test
  void chartIsWellFormedAndLeavesOutThePlainLoop() throws Exception {
    String svg = WindowsCommand.chart(results).svg();

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(4);
    assertThat(svg).contains(">tidewatch<").doesNotContain(">plain<");
  }

  @Test
  void jsonIsOneLineOfFiguresAndGoals() throws IOException {
    String json = WindowsCommand.json(results);

    assertThat(json).doesNotContain("\n");
    JsonNode root = new ObjectMapper().readTree(json);
    assertThat(root.path("ok").asBoolean()).isTrue();
    assertThat(root.path("figures").path(1).path("variant").asText()).isEqualTo("source");
    assertThat(root.path("figures").path(1).path("recordsPerCpuSecond").path("median").asDouble())
        .isEqualTo(1_500_000);
    assertThat(root.path("goals").path(0).path("reached").asBoolean()).isTrue();
  }
}
