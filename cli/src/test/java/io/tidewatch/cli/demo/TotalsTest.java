package io.tidewatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsTest {
  private static final AlertEvent FIRING =
      Seen.alert("ErrorRateHigh", AlertStatus.FIRING, "/checkout", 22);

  @Test
  void areFineWhenAllRecordsAreAccountedForAndAllFaultsAlerted() {
    assertThat(totals(Seen.observation(FIRING)).ok()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1001,12,7,981", "1000,11,7,981", "1000,12,8,981", "1000,12,7,980"})
  void areNotFineWhenARecordIsMissingOrCountedTwice(
      long in, long rejected, long late, long written) {
    Observation.Stream stream = new Observation.Stream(in, rejected, late, 345, written);
    Observation all = Seen.observation(FIRING);

    assertThat(stream.balanced()).isFalse();
    assertThat(totals(with(all, stream, all.latency(), all.scores())).ok()).isFalse();
    assertThat(totals(with(all, all.telemetry(), stream, all.scores())).ok()).isFalse();
  }

  @Test
  void areNotFineWhenAVectorWasNotToldOf() {
    Observation all = Seen.observation(FIRING);
    Observation.Scores fewer = new Observation.Scores(345, 344, 0, 0, 0, null);
    assertThat(totals(with(all, all.telemetry(), all.latency(), fewer)).ok()).isFalse();
  }

  @Test
  void areNotFineAfterARestart() {
    assertThat(totals(Seen.observation(FIRING).withRestarts(1)).ok()).isFalse();
  }

  @Test
  void areNotFineWithoutTheAlertOfAFault() {
    assertThat(totals(Seen.observation()).ok()).isFalse();
  }

  @Test
  void areFineWhenNoFaultWasOverYet() {
    assertThat(
            new Totals(Duration.ofSeconds(12), Duration.ofSeconds(5), Seen.observation(), List.of())
                .ok())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ErrorRateHigh,FIRING,/checkout,20,true",
    "ErrorRateHigh,FIRING,/checkout,55,true",
    "ErrorRateHigh,FIRING,/checkout,19,false",
    "ErrorRateHigh,FIRING,/checkout,56,false",
    "ErrorRateHigh,FIRING,/cart,22,false",
    "EndpointP99Slow,FIRING,/checkout,22,false",
    "ErrorRateHigh,RESOLVED,/checkout,22,false"
  })
  void countsAnAlertOfTheRuleForTheTargetInTheTimeOfTheFault(
      String rule, AlertStatus status, String target, long startedSecond, boolean alerted) {
    List<AlertEvent> alerts = List.of(Seen.alert(rule, status, target, startedSecond));

    assertThat(Totals.InjectedFault.of(Seen.FAULT, Seen.START_MS, alerts).alerted())
        .isEqualTo(alerted);
  }

  @Test
  void areOneLineOfJson() throws IOException {
    String line = totals(Seen.observation(FIRING)).json();

    assertThat(line).doesNotContain("\n", "\r");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("ok").booleanValue()).isTrue();
    assertThat(json.get("ran_seconds").doubleValue()).isEqualTo(61.5);
    assertThat(json.get("first_row_seconds").doubleValue()).isEqualTo(8.25);
    assertThat(json.get("telemetry").toString())
        .isEqualTo("{\"in\":1000,\"written\":981,\"rejected\":12,\"late\":7,\"balanced\":true}");
    assertThat(json.get("api_latency").toString())
        .isEqualTo("{\"in\":2000,\"written\":1979,\"rejected\":13,\"late\":8,\"balanced\":true}");
    assertThat(json.get("windows").intValue()).isEqualTo(801);
    assertThat(json.get("rows").intValue()).isEqualTo(345 + 456);
    assertThat(json.get("anomaly_scores").toString())
        .isEqualTo(
            "{\"vectors\":345,\"rows\":345,\"of_single_metrics\":1380,\"scored\":245,\"anomalies\":2,\"complete\":true}");
    assertThat(json.get("alert_events").intValue()).isEqualTo(1);
    assertThat(json.get("restarts").intValue()).isZero();
    assertThat(json.get("faults").toString())
        .isEqualTo("[{\"rule\":\"ErrorRateHigh\",\"target\":\"/checkout\",\"alerted\":true}]");
  }

  private static Observation with(
      Observation all,
      Observation.Stream telemetry,
      Observation.Stream latency,
      Observation.Scores scores) {
    return new Observation(telemetry, latency, 1, null, scores, all.alerts(), 0);
  }

  /** After a demo in which the fault was injected. */
  private static Totals totals(Observation end) {
    return new Totals(
        Duration.ofMillis(61_500),
        Duration.ofMillis(8_250),
        end,
        List.of(Totals.InjectedFault.of(Seen.FAULT, Seen.START_MS, end.alerts())));
  }
}
