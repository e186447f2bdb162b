package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.dataset.Selection.Verdict;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Selection SELECTION =
      new Selection("m", new TreeSet<>(List.of("a", "b")), 100, 200, 180);

  private static Verdict verdict(String model, String device, long timeMs, long knownMs) {
    return SELECTION.judge(
        new KnownTelemetry(
            new DeviceTelemetry(model, device, timeMs, new double[] {1}, Map.of(), null), knownMs));
  }

  private static boolean holds(long startMs, long endMs) {
    return SELECTION.holds(new FeatureVector("m", "a", startMs, endMs, 1, new double[0]));
  }

  @Test
  void theRangeIsHalfOpen() {
    assertThat(verdict("m", "a", 100, 0)).isEqualTo(Verdict.SELECTED);
    assertThat(verdict("m", "b", 199, 0)).isEqualTo(Verdict.SELECTED);
    assertThat(verdict("m", "a", 99, 0)).isEqualTo(Verdict.OUT_OF_RANGE);
    assertThat(verdict("m", "a", 200, 0)).isEqualTo(Verdict.OUT_OF_RANGE);
  }

  @Test
  void othersAreNotSelected() {
    assertThat(verdict("n", "a", 150, 0)).isEqualTo(Verdict.OTHER_MODEL);
    assertThat(verdict("m", "c", 150, 0)).isEqualTo(Verdict.OTHER_DEVICE);
    assertThat(
            new Selection("m", new TreeSet<>(), 0, 1, 1)
                .judge(
                    new KnownTelemetry(
                        new DeviceTelemetry("m", "c", 0, new double[0], Map.of(), null),
                        KnownTelemetry.UNKNOWN)))
        .isEqualTo(Verdict.SELECTED);
  }

  @Test
  void whatBecameKnownLaterIsNotSelected() {
    assertThat(verdict("m", "a", 150, 180)).isEqualTo(Verdict.SELECTED);
    assertThat(verdict("m", "a", 150, 181)).isEqualTo(Verdict.KNOWN_LATER);
  }

  @Test
  void windowsLieWhollyInsideAndHadEndedThen() {
    assertThat(holds(100, 180)).isTrue();
    assertThat(holds(99, 180)).isFalse();
    assertThat(holds(100, 181)).isFalse();
    assertThat(
            new Selection("m", new TreeSet<>(), 100, 200, Long.MAX_VALUE)
                .holds(new FeatureVector("m", "a", 150, 201, 1, new double[0])))
        .isFalse();
  }
}
