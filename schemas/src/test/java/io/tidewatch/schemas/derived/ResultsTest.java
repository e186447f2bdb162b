package io.tidewatch.schemas.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Results are equal by content, arrays included, and corrections are results of their own. */
class ResultsTest {

  @Test
  void latencyWindowsAreEqualByContent() {
    assertThat(window().sketched(new byte[] {1, 2}))
        .isEqualTo(window().sketched(new byte[] {1, 2}))
        .hasSameHashCodeAs(window().sketched(new byte[] {1, 2}));
    for (LatencyWindow other :
        List.of(
            window(),
            window().sketched(new byte[] {1, 3}),
            window().sketched(new byte[] {1, 2}).revised(1))) {
      assertThat(other).isNotEqualTo(window().sketched(new byte[] {1, 2}));
    }
    assertThat(window()).isNotEqualTo("window");
  }

  @Test
  void aCorrectedLatencyWindowKeepsAllButTheRevision() {
    LatencyWindow corrected = window().sketched(new byte[] {1}).revised(3);
    assertThat(corrected.revision()).isEqualTo(3);
    assertThat(corrected.sketch()).containsExactly(1);
    assertThat(corrected.revised(0)).isEqualTo(window().sketched(new byte[] {1}));
    assertThat(corrected)
        .hasToString(
            "LatencyWindow[s /e GET [0, 60000) n=4 r=3 errors=1 p50=5.0 p99=9.0 max=9.5 sketch=1 bytes]");
  }

  @Test
  void featureVectorsAreEqualByContent() {
    assertThat(vector(1, Double.NaN))
        .isEqualTo(vector(1, Double.NaN))
        .hasSameHashCodeAs(vector(1, Double.NaN))
        .isNotEqualTo(vector(1, 2))
        .isNotEqualTo(vector(1, Double.NaN).revised(1))
        .isNotEqualTo("vector");
    assertThat(vector(1, 2).revised(2))
        .hasToString("FeatureVector[m d [0, 1000) n=7 r=2 [1.0, 2.0]]");
  }

  private static LatencyWindow window() {
    return new LatencyWindow("s", "/e", "GET", 0, 60_000, 4, 4 / 60.0, 1, 25, 6, 5, 8, 8.5, 9, 9.5);
  }

  private static FeatureVector vector(double... features) {
    return new FeatureVector("m", "d", 0, 1_000, 7, features);
  }
}
