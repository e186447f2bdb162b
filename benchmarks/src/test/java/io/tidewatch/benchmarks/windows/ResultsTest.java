package io.tidewatch.benchmarks.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.benchmarks.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final RunSpec TIDEWATCH = new RunSpec("tidewatch", 1, 60, 100);
  private static final RunSpec SOURCE = new RunSpec("source", 1, 60, 100);

  private final Results results = new Results();

  @Test
  void figureIsTheMedianWithLeastAndGreatest() {
    assertThat(Figure.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Figure(3, 1, 5, 3));
    assertThat(Figure.of(List.of(1.0, 2.0, 3.0, 10.0)).median()).isEqualTo(2.5);
    assertThatThrownBy(() -> Figure.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void figureShowsItsRangeWhereThereAreSeveral() {
    assertThat(new Figure(1234567, 1200000, 1300000, 3).wholes())
        .isEqualTo("1,234,567 (1,200,000–1,300,000)");
    assertThat(new Figure(1234567, 1234567, 1234567, 1).wholes()).isEqualTo("1,234,567");
    assertThat(new Figure(0.8512, 0.8, 0.9, 1).ratio()).isEqualTo("0.85");
    assertThat(new Figure(112.4, 100, 120, 1).ratio()).isEqualTo("112");
    assertThat(new Figure(0.00512, 0, 0, 1).ratio()).isEqualTo("0.0051");
  }

  @Test
  void ratioIsTakenWithinEachRepetition() {
    repetition(900, 1000);
    repetition(90, 100); // the machine was ten times slower, for both
    repetition(95, 100);

    Figure ratio = results.ratio(TIDEWATCH, SOURCE).orElseThrow();

    assertThat(ratio.median()).isCloseTo(0.9, within(1e-9));
    assertThat(ratio.max()).isCloseTo(0.95, within(1e-9));
  }

  @Test
  void runWhoseWindowsWereNotFullIsNoFigure() {
    results.beginRepetition();
    results.add(Samples.result(TIDEWATCH, 500, false));
    results.add(Samples.result(SOURCE, 1000, true));

    assertThat(results.figure(TIDEWATCH, RunResult::recordsPerCpuSecond)).isEmpty();
    assertThat(results.ratio(TIDEWATCH, SOURCE)).isEmpty();
  }

  @Test
  void flatnessIsTheLargestDeviationOfAllOverlaps() {
    results.beginRepetition();
    for (int overlap : List.of(1, 10, 60)) {
      results.add(Samples.result(new RunSpec("tidewatch", 1, overlap, 100), 1000, true));
    }
    assertThat(flatness().reached()).as("overlap 600 is missing").isEmpty();

    results.add(Samples.result(new RunSpec("tidewatch", 1, 600, 100), 880, true));

    assertThat(flatness().reached().orElseThrow()).isCloseTo(0.12, within(1e-9));
    assertThat(flatness().isReached()).isFalse();
  }

  private Goal flatness() {
    return Goal.of(results).stream().filter(Goal::atMost).findFirst().orElseThrow();
  }

  private void repetition(double tidewatch, double source) {
    results.beginRepetition();
    results.add(Samples.result("tidewatch", tidewatch));
    results.add(Samples.result("source", source));
  }
}
