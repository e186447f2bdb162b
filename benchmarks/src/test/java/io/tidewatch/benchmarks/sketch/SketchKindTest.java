package io.tidewatch.benchmarks.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table compares sketches that do what they say. */
class SketchKindTest {

  @ParameterizedTest
  @EnumSource(SketchKind.class)
  void estimatesQuantilesOfMergedPanes(SketchKind kind) {
    for (Distribution distribution : Distribution.values()) {
      Accuracy accuracy = Accuracy.of(kind, distribution);

      assertThat(accuracy.bytes()).isPositive();
      switch (kind) {
        // These bound the error of the rank, which says little of the value where it is rare.
        case KLL, REQ, T_DIGEST ->
            assertThat(accuracy.worstRelativeError()).as("%s", distribution).isLessThan(3);
        // What lies in a bucket is told by its upper end.
        case HDR ->
            assertThat(accuracy.worstRelativeError()).as("%s", distribution).isLessThan(0.02);
        default ->
            assertThat(accuracy.worstRelativeError())
                .as("%s", distribution)
                .isLessThanOrEqualTo(0.01 + 1e-9);
      }
    }
  }
}
