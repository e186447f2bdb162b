package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.FeatureVector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureSelectionTest {
  private static final List<String> NAMES =
      List.of(
          "cpu_mean",
          "cpu_count",
          "cpu_imputed_ratio",
          "load_mean",
          "load_count",
          "load_imputed_ratio",
          "hour_of_day");

  private final FeatureSelection selection =
      FeatureSelection.of(NAMES, Set.of("count", "imputed_ratio", "hour_of_day"));

  @Test
  void takesTheScoredValuesInTheirOrder() {
    assertThat(selection.features()).containsExactly("cpu_mean", "load_mean");
    assertThat(selection.row(vector(1, 60, 0, 2, 60, 0, 7))).containsExactly(1, 2);
    assertThat(selection.row(vector(Double.NaN, 60, 0, 2, 60, 0, 7)))
        .containsExactly(Double.NaN, 2);
  }

  @Test
  void saysHowMuchOfAFieldWasImputedAtMost() {
    assertThat(selection.imputedRatio(vector(1, 60, .25, 2, 60, .5, 7))).isEqualTo(.5);
    assertThat(selection.imputedRatio(vector(1, 60, 0, 2, 60, Double.NaN, 7))).isZero();
    FeatureSelection uncounted = FeatureSelection.of(List.of("a"), Set.of());
    assertThat(uncounted.imputedRatio(vector(1))).isZero();
  }

  @Test
  void otherListsHaveOtherFingerprints() {
    assertThat(selection.fingerprint())
        .isEqualTo(FeatureSelection.of(List.of("cpu_mean", "load_mean"), Set.of()).fingerprint())
        .isNotEqualTo(FeatureSelection.of(List.of("load_mean", "cpu_mean"), Set.of()).fingerprint())
        .isNotEqualTo(FeatureSelection.of(List.of("cpu_mean"), Set.of()).fingerprint());
  }

  @Test
  void refusesToLeaveOutEverything() {
    assertThatThrownBy(() -> FeatureSelection.of(List.of("a_count"), Set.of("count")))
        .hasMessage("features.leave_out: must leave a feature, left none of [a_count]");
  }

  private static FeatureVector vector(double... values) {
    return new FeatureVector("host", "d", 0, 1, 1, values);
  }
}
