package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.dataset.LabelRule.OfWindow;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelRuleTest {

  private static String ofWindow(OfWindow way, String... classes) {
    return new LabelRule(LabelRule.OF_MESSAGE, way, "0").ofWindow(List.of(classes));
  }

  private static String ofField(double value) {
    return new LabelRule(0, OfWindow.LAST, "0")
        .of(new DeviceTelemetry("m", "d", 0, new double[] {value}, Map.of(), "label"));
  }

  @Test
  void anyIsTheMostFrequentClassThatIsNotNormal() {
    assertThat(ofWindow(OfWindow.ANY, "0", "0", "b", "a", "b", "0")).isEqualTo("b");
    assertThat(ofWindow(OfWindow.ANY, "b", "a")).isEqualTo("a");
    assertThat(ofWindow(OfWindow.ANY, "0", "0")).isEqualTo("0");
  }

  @Test
  void majorityCountsTheNormalOneToo() {
    assertThat(ofWindow(OfWindow.MAJORITY, "0", "0", "b")).isEqualTo("0");
    assertThat(ofWindow(OfWindow.MAJORITY, "c", "b", "b", "c")).isEqualTo("b");
  }

  @Test
  void lastIsTheLast() {
    assertThat(ofWindow(OfWindow.LAST, "b", "a")).isEqualTo("a");
  }

  @Test
  void aWindowWithoutClassesHasNone() {
    for (OfWindow way : OfWindow.values()) {
      assertThat(ofWindow(way)).isNull();
    }
  }

  @Test
  void valuesOfAFieldAreClassesWithoutFraction() {
    assertThat(ofField(1)).isEqualTo("1");
    assertThat(ofField(-0.0)).isEqualTo("0");
    assertThat(ofField(0.5)).isEqualTo("0.5");
    assertThat(ofField(1e300)).isEqualTo("1.0E300");
    assertThat(ofField(Double.NaN)).isNull();
  }
}
