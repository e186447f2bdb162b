package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BypassTest {
  private final Bypass bypass = new Bypass();

  @Test
  void addsUpUntilItKnowsBetter() {
    sample(Bypass.SAMPLE - 1, 1);
    assertThat(bypass.passes()).isFalse();
    assertThat(bypass.reduction()).isNaN();
  }

  @Test
  void stepsAsideForAWhileWhereKeysDoNotRepeat() {
    sample(Bypass.SAMPLE, 1);
    assertThat(bypass.reduction()).isEqualTo(1);
    for (int i = 0; i < Bypass.SAMPLE * Bypass.PAUSE; i++) {
      assertThat(bypass.passes()).isTrue();
    }
    assertThat(bypass.passes()).as("a new sample").isFalse();
  }

  @Test
  void staysWhereTwoRecordsBecomeOne() {
    sample(Bypass.SAMPLE, 2);
    assertThat(bypass.reduction()).isEqualTo(2);
    assertThat(bypass.passes()).isFalse();
  }

  @Test
  void judgesEachSampleByItself() {
    sample(Bypass.SAMPLE, 100);
    sample(Bypass.SAMPLE, 1);
    assertThat(bypass.passes()).isTrue();
  }

  private void sample(int partials, int recordsEach) {
    for (int i = 0; i < partials; i++) {
      for (int record = 0; record < recordsEach; record++) {
        bypass.added();
      }
      bypass.sent();
    }
    bypass.judge();
  }
}
