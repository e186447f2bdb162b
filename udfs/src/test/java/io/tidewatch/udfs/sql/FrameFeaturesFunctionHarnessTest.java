package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.RetractableSummary;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class FrameFeaturesFunctionHarnessTest {
  private final FrameFeaturesFunction function = new FrameFeaturesFunction();

  @Test
  void tellsTheFeaturesOfTheValuesLeft() {
    RetractableSummary summary = function.createAccumulator();
    assertThat(function.getValue(summary)).isNull();
    function.accumulate(summary, 100.0);
    function.accumulate(summary, 4.0);
    function.accumulate(summary, null);
    function.accumulate(summary, 6.0);
    function.retract(stored(summary), 4.0); // of a copy, which says nothing of this one
    function.retract(summary, 100.0);
    assertThat(function.getValue(stored(summary)))
        .isEqualTo(Row.of(5.0, Math.sqrt(2), 4.0, 6.0, 2L, 1.0 / 3));

    function.retract(summary, 6.0);
    function.retract(summary, null);
    assertThat(function.getValue(stored(summary))).isEqualTo(Row.of(4.0, null, 4.0, 4.0, 1L, 0.0));
    function.retract(summary, 4.0);
    assertThat(function.getValue(stored(summary))).isNull();
  }

  @Test
  void takesBackInOnePartWhatCameInAnother() {
    RetractableSummary first = function.createAccumulator();
    function.retract(first, 7.0);
    assertThat(function.getValue(stored(first))).isNull();
    RetractableSummary second = function.createAccumulator();
    function.accumulate(second, 7.0);
    function.accumulate(second, 3.0);

    function.merge(first, List.of(stored(second)));

    assertThat(function.getValue(stored(first))).isEqualTo(Row.of(3.0, null, 3.0, 3.0, 1L, 0.0));
  }

  private static RetractableSummary stored(RetractableSummary summary) {
    return Accumulators.stored(new RetractableSummarySerializer(), summary);
  }
}
