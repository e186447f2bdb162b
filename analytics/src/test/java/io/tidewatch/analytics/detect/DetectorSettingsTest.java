package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.detect.DetectorSettings.Votes;
import org.junit.jupiter.api.Test;

class DetectorSettingsTest {

  private static DetectorSettings of(
      int warmUp, int cooldown, int memory, int trees, int nodes, double threshold) {
    return new DetectorSettings(
        warmUp, cooldown, memory, trees, nodes, threshold, Votes.ALL, DeviationRule.ANY);
  }

  @Test
  void namesTheKeyThatNoSeriesCanBeJudgedBy() {
    assertThatThrownBy(() -> of(19, 90, 20_000, 2, 127, 0.9))
        .hasMessage("detector.warm_up_rows: must be 20 to 100000, was 19");
    assertThatThrownBy(() -> of(100, 0, 20_000, 2, 127, 0.9))
        .hasMessage("detector.cooldown_rows: must be 1 to 100000, was 0");
    assertThatThrownBy(() -> of(100, 90, 999, 2, 127, 0.9))
        .hasMessage("detector.memory_rows: must be 1000 to 2147483647, was 999");
    assertThatThrownBy(() -> of(100, 90, 20_000, 0, 127, 0.9))
        .hasMessage("detector.trees_per_view: must be 1 to 100, was 0");
    assertThatThrownBy(() -> of(100, 90, 20_000, 2, 4_096, 0.9))
        .hasMessage("detector.nodes_per_tree: must be 15 to 4095, was 4096");
    assertThatThrownBy(() -> of(100, 90, 20_000, 2, 127, Double.NaN))
        .hasMessage("detector.threshold: must be above 0 and at most 1, was NaN");
    assertThatThrownBy(() -> of(100, 90, 20_000, 2, 127, 0))
        .hasMessage("detector.threshold: must be above 0 and at most 1, was 0.0");
  }

  @Test
  void changesWhatIsNamedAlone() {
    DetectorSettings shipped = DetectorSettings.shipped();
    assertThat(shipped.withThreshold(0.5).threshold()).isEqualTo(0.5);
    assertThat(shipped.withThreshold(0.5).withThreshold(shipped.threshold())).isEqualTo(shipped);
    assertThat(shipped.withVotes(Votes.RULES).votes()).isEqualTo(Votes.RULES);
    assertThat(shipped.withVotes(Votes.RULES).withVotes(Votes.ALL)).isEqualTo(shipped);
  }
}
