package io.tidewatch.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CleaningTest {

  @Test
  void onlyWhatCleansNothingCanDoWithoutThePointsOfAWindow() {
    assertThat(Cleaning.NONE.needsPoints()).isFalse();
    assertThat(new Cleaning(MissingValues.MEAN, OutlierRule.NONE).needsPoints()).isTrue();
    OutlierRule marks = OutlierRule.of(OutlierMethod.IQR);
    assertThat(new Cleaning(MissingValues.DROP, marks).needsPoints()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void eachMethodAllowsItsOwnDefaults(OutlierMethod method) {
    assertThat(OutlierRule.of(method))
        .isEqualTo(new OutlierRule(method, method.defaultThreshold(), method.defaultAction()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IQR     | -0.1     | threshold: must be ≥ 0 and finite with method iqr, was -0.1",
        "IQR     | NaN      | threshold: must be ≥ 0 and finite with method iqr, was NaN",
        "Z_SCORE | 0        | threshold: must be > 0 and finite with method z_score, was 0.0",
        "Z_SCORE | Infinity | threshold: must be > 0 and finite with method z_score, was Infinity",
        "CLIP    | 0        | threshold: must be > 0 and < 0.5 with method clip, was 0.0",
        "CLIP    | 0.5      | threshold: must be > 0 and < 0.5 with method clip, was 0.5",
      })
  void refusesAThresholdThatMakesNoBounds(OutlierMethod method, double threshold, String error) {
    assertThatThrownBy(() -> new OutlierRule(method, threshold, OutlierAction.MARK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(error);
  }

  @Test
  void aModelHasACleaningForEachFieldAndEachFeatureOnce() {
    assertThat(model(1, List.of("mean", "p99")).features()).containsExactly("mean", "p99");
    assertThatThrownBy(() -> model(2, List.of("mean")))
        .hasMessage("cleaning: must be one a field (1), was 2");
    assertThatThrownBy(() -> model(1, List.of()))
        .hasMessage("features: must name at least one feature, was empty");
    assertThatThrownBy(() -> model(1, List.of("p99", "mean", "p99")))
        .hasMessage("features: must be unique, was twice p99");
  }

  private static TelemetryModel model(int cleanings, List<String> features) {
    return new TelemetryModel(
        "pump",
        "",
        List.of(new TelemetryField("flow", "l/s", 0, 1)),
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        new WindowSpec(Duration.ofSeconds(2), Duration.ofSeconds(1)),
        Collections.nCopies(cleanings, Cleaning.NONE),
        features,
        ZoneOffset.UTC);
  }
}
