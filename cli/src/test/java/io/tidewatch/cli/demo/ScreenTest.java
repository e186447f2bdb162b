package io.tidewatch.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void showsWhatCameInAndWhatBecameOfIt() {
    new Screen(out, false).show(Duration.ofMillis(12_345), Seen.observation());

    assertThat(lines().get(0))
        .containsSubsequence("after 12 s", "records in", "rejected", "late", "rows");
    assertThat(line("device telemetry")).containsSubsequence("1000", "12", "7", "345");
    assertThat(line("API latency")).containsSubsequence("2000", "13", "8", "456");
    assertThat(line("windows fired")).contains("801");
    assertThat(line("alert events")).contains(" 0 ");
    assertThat(line("GET /products/{id}"))
        .containsSubsequence("P50 18.1 ms", "P95 42.2 ms", "P99 63.3 ms", "40.3/s", "errors 0.5 %");
    assertThat(line("anomaly rows"))
        .containsSubsequence("1725", "single metrics 1380", "scored 245", "anomalies 2");
    assertThat(line("last anomaly"))
        .contains("weld-sim-03 _row: 0.751, threshold 0.660, critical, most of it vibration_mean");
    assertThat(text()).contains("no alerts yet");
  }

  @Test
  void showsTheLastAlertsOnly() {
    AlertEvent[] alerts =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Seen.alert(
                        "Rule" + i,
                        i % 2 == 0 ? AlertStatus.FIRING : AlertStatus.RESOLVED,
                        "/checkout",
                        i))
            .toArray(AlertEvent[]::new);

    new Screen(out, false).end(Duration.ofSeconds(60), Seen.observation(alerts));

    assertThat(line("alert events")).contains(" 8 ");
    assertThat(text()).contains("last alerts").doesNotContain("Rule0", "Rule1");
    assertThat(line("Rule6"))
        .containsSubsequence("FIRING", "/checkout", "error_rate 42.5 > 5 held for PT5S");
    assertThat(line("Rule7")).contains("resolved");
  }

  @Test
  void showsNoEndpointBeforeTheFirstWindow() {
    Observation.Stream nothing = new Observation.Stream(0, 0, 0, 0, 0);
    Observation.Scores none = new Observation.Scores(0, 0, 0, 0, 0, null);

    new Screen(out, false)
        .show(Duration.ZERO, new Observation(nothing, nothing, 0, null, none, List.of(), 0));

    assertThat(text())
        .doesNotContain("P50", "last score", "last anomaly")
        .contains("windows fired");
  }

  @Test
  void printsEveryTenthPictureWhereNothingCanBeOverwritten() {
    Screen screen = new Screen(out, false);
    for (int second = 0; second < 21; second++) {
      screen.show(Duration.ofSeconds(second), Seen.observation());
    }

    assertThat(text()).contains("after 0 s", "after 10 s", "after 20 s").doesNotContain("\033[");
    assertThat(lines()).filteredOn(line -> line.startsWith("after")).hasSize(3);
  }

  @Test
  void overwritesThePictureOnATerminal() {
    Screen screen = new Screen(out, true);
    screen.firstRow(Duration.ofMillis(7_890));
    screen.show(Duration.ofSeconds(1), Seen.observation());
    screen.show(Duration.ofSeconds(2), Seen.observation());

    assertThat(text()).startsWith("\033[H").contains("first row   7.9 s", "after 1 s", "after 2 s");
  }

  private String text() {
    return bytes.toString(UTF_8);
  }

  private List<String> lines() {
    return text().lines().toList();
  }

  private String line(String part) {
    return lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }
}
