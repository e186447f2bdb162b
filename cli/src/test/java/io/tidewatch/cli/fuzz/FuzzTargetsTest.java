package io.tidewatch.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.testkit.fuzz.FuzzTally;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Fuzzer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few thousand inputs a target, the same in each build; more by {@code tidewatch chaos --fuzz}.
 */
class FuzzTargetsTest {
  private static final int INPUTS = 4_000;

  static List<String> names() {
    return FuzzTargets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesValuesThatLastOrRefusesInOneLine(String name) {
    FuzzTarget target = FuzzTargets.named(name);

    FuzzTally tally = Fuzzer.run(target, 1, inputs -> inputs < INPUTS);

    assertThat(tally.failures()).as(() -> FuzzReport.text(name, tally)).isEmpty();
    assertThat(tally.inputs()).isEqualTo(INPUTS);
    assertThat(tally.accepted()).as("accepted").isGreaterThan(INPUTS / 100);
    assertThat(tally.refused()).as("refused").isGreaterThan(INPUTS / 100);
    assertThat(tally.kinds()).as("different outcomes").isGreaterThan(2);
  }

  @Test
  void eachTargetHasANameOfItsOwn() {
    assertThat(FuzzTargets.names()).doesNotHaveDuplicates().hasSizeGreaterThan(25);
  }
}
