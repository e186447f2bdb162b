package io.tidewatch.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointWindowSpecTest {
  private static final Duration DAY = PointWindowSpec.DEFAULT_FORGET_AFTER;

  @Test
  void everyTenthThatAPersonWritesIsExact() {
    for (int tenth = 0; tenth < 10; tenth++) {
      double overlap = Double.parseDouble("0." + tenth);
      assertThat(PointWindowSpec.overlapping(100, overlap, DAY).slide())
          .isEqualTo(100 - 10 * tenth);
    }
  }

  @ParameterizedTest
  @CsvSource({"100,50,50", "100,100,100", "100,71,1", "12,8,4", "1,1,1", "999999999,3,3"})
  void panesAreAsLongAsSizeAndSlideAllow(int size, int slide, long pane) {
    WindowSpec panes = new PointWindowSpec(size, slide, DAY).panes();
    assertThat(panes.sizeMs()).isEqualTo(size);
    assertThat(panes.slideMs()).isEqualTo(pane);
  }

  @Test
  void windowsByTimeAreTheirOwnPanes() {
    WindowSpec window = new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(5));
    assertThat(window.panes()).isEqualTo(window);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 | 1 | size: must be ≥ 1 points, was 0",
        "10 | 0 | 1 | slide: must be 1 to size (10) points, was 0",
        "10 | 11 | 1 | slide: must be 1 to size (10) points, was 11",
        "10 | 5 | 0 | forget_after: must be ≥ PT0.001S, was PT0S",
      })
  void namesKeyRuleAndValue(int size, int slide, long forgetMs, String error) {
    assertThatThrownBy(() -> new PointWindowSpec(size, slide, Duration.ofMillis(forgetMs)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(error);
  }

  @ParameterizedTest
  @CsvSource({"1", "-0.1", "NaN", "1e300", "0.333", "0.995", "4.9e-324"})
  void refusesAnOverlapThatMakesNoSlide(double overlap) {
    assertThatThrownBy(() -> PointWindowSpec.overlapping(100, overlap, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("overlap: must ")
        .hasMessageContaining(", was " + overlap);
  }
}
