package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateLimitsTest {
  private static final HeapBytes LITTLE = HeapBytes.always(1000);

  @Test
  void ordinaryWindowsAreNeitherRefusedNorWarnedOf() {
    StateEstimate estimate = estimate("PT1M", "PT5S", 0, LITTLE);

    assertThat(StateLimits.refusals(estimate)).isEmpty();
    assertThat(StateLimits.warnings(estimate)).isEmpty();
  }

  @Test
  void refusesMorePanesAWindowThanTheLimit() {
    assertThat(StateLimits.refusals(estimate("PT24H", "PT1S", 0, LITTLE)))
        .containsExactly("window.slide: must be ≥ PT8.64S (size PT24H / 10000), was PT1S");
    assertThat(StateLimits.warnings(estimate("PT24H", "PT1S", 0, LITTLE))).isEmpty();
    assertThat(StateLimits.refusals(estimate("PT10000S", "PT1S", 0, LITTLE))).isEmpty();
  }

  @Test
  void warnsOfMorePanesAWindowThanAnybodyReads() {
    assertThat(StateLimits.warnings(estimate("PT1H", "PT1S", 0, LITTLE)))
        .containsExactly("window.slide: should be ≥ PT3.6S (size PT1H / 1000), was PT1S");
    assertThat(StateLimits.warnings(estimate("PT1000S", "PT1S", 0, LITTLE))).isEmpty();
  }

  @Test
  void refusesAKeyThatMayTakeMoreHeapThanTheLimit() {
    HeapBytes tooMany = new HeapBytes(1000, StateLimits.MOST_BYTES + (1 << 20));

    assertThat(StateLimits.refusals(estimate("PT1M", "PT5S", 7, tooMany)))
        .containsExactly(
            "window: must need at most 64.0 MiB of heap a key, was 65.0 MiB at worst:"
                + " 12 panes of size / slide, 7 of event_time.allowed_lateness,"
                + " 1 of max_out_of_orderness, 60 of max_ahead");
    assertThat(StateLimits.warnings(estimate("PT1M", "PT5S", 7, tooMany))).isEmpty();
  }

  @Test
  void warnsOfAKeyThatMayTakeMuchHeap() {
    HeapBytes many = new HeapBytes(1000, 5 << 20);

    assertThat(StateLimits.warnings(estimate("PT1M", "PT5S", 0, many)))
        .singleElement()
        .asString()
        .startsWith("window: should need at most 4.0 MiB of heap a key, was 5.0 MiB at worst:");
    assertThat(StateLimits.refusals(estimate("PT1M", "PT5S", 0, many))).isEmpty();
  }

  @Test
  void warnsOfCorrectionsThatEachWriteManyRows() {
    assertThat(StateLimits.warnings(estimate("PT10M", "PT1S", 1, LITTLE)))
        .containsExactly(
            "event_time.allowed_lateness: should be PT0S with more than 100 panes a window, was"
                + " not: a late record writes up to 600 rows");
    assertThat(StateLimits.warnings(estimate("PT100S", "PT1S", 1, LITTLE))).isEmpty();
  }

  @Test
  void warnsOfLatenessThatReachesCompressedRows() {
    assertThat(StateLimits.warnings(estimate("PT1H", "PT1H", 49, LITTLE)))
        .containsExactly(
            "event_time.allowed_lateness: should be ≤ PT48H, when rows are compressed, was PT49H:"
                + " a late record decompresses rows");
    assertThat(StateLimits.warnings(estimate("PT1H", "PT1H", 48, LITTLE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048575, 1.0 MiB",
    "1572864, 1.5 MiB",
    "9223372036854775807, 8.0 EiB"
  })
  void writesBytesForPeople(long bytes, String text) {
    assertThat(HeapBytes.text((double) bytes)).isEqualTo(text);
  }

  private static StateEstimate estimate(String size, String slide, long lateness, HeapBytes heap) {
    return new StateEstimate(
        new WindowSpec(Duration.parse(size), Duration.parse(slide)), lateness, 1, 60, heap);
  }
}
