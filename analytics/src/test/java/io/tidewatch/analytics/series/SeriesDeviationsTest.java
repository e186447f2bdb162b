package io.tidewatch.analytics.series;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.decide.DeviationRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesDeviationsTest {
  private static final Map<String, List<String>> SCORED =
      Map.of("press", List.of("force_mean"), "kiln", List.of("heat_mean", "heat_max"));

  private static DeviationSelector selector(String model, String metric) {
    return new DeviationSelector(model, List.of(metric), DeviationRule.ANY);
  }

  @Test
  void mayBeOfAnyModelAndOfAnyMetric() {
    SeriesDeviations deviations =
        new SeriesDeviations(
            List.of(
                selector("press", "force_mean"),
                selector("kiln", "*"),
                selector("*", "heat_max"),
                selector("*", "*")));
    assertThatCode(() -> deviations.requireAmong(SCORED)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lathe | *          | [1].model: must be * or one of [kiln, press], was 'lathe'",
        "press | heat_mean  | [1].metrics: must be metrics that are scored by themselves,"
            + " of model press, was 'heat_mean'",
        "*     | force_mode | [1].metrics: must be metrics that are scored by themselves,"
            + " of model *, was 'force_mode'"
      })
  void refusesWhatIsAboutNothing(String model, String metric, String message) {
    SeriesDeviations deviations =
        new SeriesDeviations(List.of(selector("*", "*"), selector(model, metric)));
    assertThatThrownBy(() -> deviations.requireAmong(SCORED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
