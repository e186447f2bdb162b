package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeenValuesTest {

  private static SeenValues of(double... values) {
    SeenValues seen = new SeenValues();
    for (int i = 0; i < values.length; i++) {
      seen.add(values[i], i);
    }
    return seen;
  }

  @Test
  void nothingIsNewWhereNothingWasSeen() {
    assertThat(new SeenValues().gap(5)).isZero();
    assertThat(new SeenValues().beyond(5)).isZero();
    assertThat(new SeenValues().range()).isZero();
  }

  @Test
  void whatDiffersFromTheOnlyValueEverIsOneAway() {
    SeenValues seen = of(7, 7, 7);
    assertThat(seen.gap(7)).isZero();
    assertThat(seen.beyond(7)).isZero();
    assertThat(seen.gap(7.0001)).isEqualTo(1);
    assertThat(seen.beyond(-1e9)).isEqualTo(1);
  }

  @Test
  void aGapIsAHoleWithinAndTheDistanceOutside() {
    SeenValues seen = of(0, 100, 40);
    assertThat(seen.gap(40)).isZero();
    assertThat(seen.gap(60)).isCloseTo(0.2, within(1e-12));
    assertThat(seen.gap(90)).isCloseTo(0.1, within(1e-12));
    assertThat(seen.gap(-50)).isCloseTo(0.5, within(1e-12));
    assertThat(seen.gap(300)).isCloseTo(2, within(1e-12));
    assertThat(seen.beyond(60)).isZero();
    assertThat(seen.beyond(300)).isCloseTo(2, within(1e-12));
    assertThat(seen.beyond(-50)).isCloseTo(0.5, within(1e-12));
  }

  /** Against all values, kept and sorted: no further off than what is joined, and bounded. */
  @Test
  void isWithinTheJoinedShareOfTheExactGap() {
    Random random = new Random(1);
    SeenValues seen = new SeenValues();
    TreeSet<Double> exact = new TreeSet<>();
    for (int i = 0; i < 5_000; i++) {
      double value = Math.pow(random.nextGaussian(), 3) * (1 + i / 1_000);
      if (i > 0) {
        Double below = exact.floor(value);
        Double above = exact.ceiling(value);
        double distance =
            Math.min(
                below == null ? Double.POSITIVE_INFINITY : value - below,
                above == null ? Double.POSITIVE_INFINITY : above - value);
        double range = exact.last() - exact.first();
        double gap = range > 0 ? distance / range : 1;
        assertThat(seen.range()).isCloseTo(range, within(1e-9));
        if (gap > SeenValues.JOINED) {
          assertThat(seen.gap(value)).isCloseTo(gap, within(1e-9));
        } else {
          assertThat(seen.gap(value)).isLessThanOrEqualTo(SeenValues.JOINED);
        }
      }
      seen.add(value, i);
      exact.add(value);
      assertThat(seen.gap(value)).isZero();
      assertThat(seen.size()).isBetween(1, 201);
    }
  }

  @Test
  void holdsAsManyIntervalsAsFit() {
    SeenValues seen = new SeenValues();
    seen.add(0, 0);
    seen.add(1, 0);
    for (int i = 1; i < 400; i++) {
      seen.add(i * 0.00501 % 1, i);
      assertThat(seen.size()).isLessThanOrEqualTo(201);
    }
    seen.add(1_000, 500);
    assertThat(seen.size()).isEqualTo(2);
    assertThat(seen.gap(0.77)).isZero();
  }

  @Test
  void forgetsWhatDidNotComeBackButNeverAll() {
    SeenValues seen = of(100, 0, 1, 0, 1, 0, 1);
    seen.forget(3);
    assertThat(seen.gap(100)).isCloseTo(99, within(1e-9));
    assertThat(seen.gap(1)).isZero();
    seen.forget(1_000);
    assertThat(seen.gap(1)).isZero();
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    SeenValues seen = of(5, -3, 8, 8.001, 100);
    byte[] bytes = bytes(seen, 4);
    SeenValues read = read(bytes, 4);
    assertThat(bytes(read, 4)).isEqualTo(bytes);
    for (double value = -10; value < 120; value += 0.37) {
      assertThat(read.gap(value)).isEqualTo(seen.gap(value));
    }
    read.forget(4);
    assertThat(read.size()).isEqualTo(1);

    byte[] falling = bytes(of(3, 9), 1);
    falling[1] = 0x41; // 3 becomes 196,608
    assertThatThrownBy(() -> read(falling, 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("detector: intervals must ascend, was ");
    assertThatThrownBy(() -> read(bytes, 1))
        .hasMessage("detector: age of an interval must be 0 to 1, was 3");
  }

  private static byte[] bytes(SeenValues seen, int now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    seen.write(new DataOutputStream(bytes), now);
    return bytes.toByteArray();
  }

  private static SeenValues read(byte[] bytes, int now) throws IOException {
    return SeenValues.read(new DataInputStream(new ByteArrayInputStream(bytes)), now);
  }
}
