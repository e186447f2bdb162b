package io.tidewatch.analytics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.analytics.window.Varint;
import io.tidewatch.schemas.derived.ScoreContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayValuesTest {
  private static final long START_MS = 1_700_000_040_000L;
  private static final long MINUTE_MS = 60_000;

  @ParameterizedTest
  @ValueSource(longs = {1_000, 5_000, 60_000, 300_000, 7_200_000})
  void saysWhatASortedArrayOfTheFirstValuesOfEachMinuteSays(long spacingMs) {
    Random random = new Random(spacingMs);
    DayValues day = new DayValues();
    List<long[]> minutes = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      long timeMs = START_MS + i * spacingMs;
      long minute = Math.floorDiv(timeMs, MINUTE_MS);
      double value = i % 97 == 5 ? Double.NaN : Math.rint(random.nextGaussian() * 20);
      double[] kept = new double[values.size()];
      int size = 0;
      for (int k = 0; k < values.size(); k++) {
        if (minutes.get(k)[0] > minute - 1_440) {
          kept[size++] = values.get(k);
        }
      }
      assertSays(day.next(timeMs, value), Arrays.copyOf(kept, size), value);
      if (!Double.isNaN(value)
          && (minutes.isEmpty() || minutes.get(minutes.size() - 1)[0] < minute)) {
        minutes.add(new long[] {minute});
        values.add(value);
      }
    }
  }

  private static void assertSays(ScoreContext said, double[] kept, double value) {
    assertThat(said.rows()).isEqualTo(kept.length);
    if (kept.length == 0) {
      assertThat(said).isEqualTo(ScoreContext.NONE);
      return;
    }
    Arrays.sort(kept);
    double mean = Arrays.stream(kept).average().orElseThrow();
    double variance = Arrays.stream(kept).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertThat(said.mean()).isCloseTo(mean, within(1e-9));
    assertThat(said.std()).isCloseTo(Math.sqrt(variance), within(1e-9));
    assertThat(said.p95()).isEqualTo(kept[(int) (0.95 * (kept.length - 1))]);
    assertThat(said.p99()).isEqualTo(kept[(int) (0.99 * (kept.length - 1))]);
    if (Double.isNaN(value)) {
      assertThat(said.percentile()).isNaN();
    } else {
      double below = Arrays.stream(kept).filter(x -> x < value).count();
      double equal = Arrays.stream(kept).filter(x -> x == value).count();
      assertThat(said.percentile())
          .isCloseTo(100 * (below + equal / 2) / kept.length, within(1e-9));
    }
  }

  @Test
  void whatIsReadGoesOnBitForBit() throws IOException {
    Random random = new Random(4);
    DayValues day = new DayValues();
    for (int i = 0; i < 5_000; i++) {
      double value = i % 50 == 0 ? -0.0 : i % 50 == 1 ? 0.0 : random.nextGaussian();
      long timeMs = START_MS + i * 37_000L;
      if (i % 611 == 0) {
        day = read(bytes(day));
      }
      DayValues copy = read(bytes(day));
      assertThat(copy.next(timeMs, value)).isEqualTo(day.next(timeMs, value));
      if (i % 100 == 0) {
        assertThat(bytes(copy)).isEqualTo(bytes(day));
      }
    }
  }

  @Test
  void readsTimesBeforeTheEpochToo() throws IOException {
    DayValues day = new DayValues();
    day.next(-90_000, 1);
    day.next(-30_000, 2);
    assertThat(read(bytes(day)).next(0, 3).rows()).isEqualTo(2);
  }

  @Test
  void refusesInOneLineWhatIsNoDay() throws IOException {
    assertRefused(out -> Varint.write(1_441, out), "day: values must be 0 to 1440, were 1441");
    assertRefused(
        out -> {
          Varint.write(2, out);
          Varint.write(7, out);
          out.writeDouble(1);
          Varint.write(0, out);
          out.writeDouble(1);
        },
        "day: minutes must ascend within it, was 0 more");
    assertRefused(
        out -> {
          Varint.write(1, out);
          Varint.write(7, out);
          out.writeDouble(Double.NaN);
        },
        "day: values must be finite, was NaN");
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static void assertRefused(Writing writing, String message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.to(new DataOutputStream(bytes));
    assertThatThrownBy(() -> read(bytes.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  private static byte[] bytes(DayValues day) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    day.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DayValues read(byte[] bytes) throws IOException {
    return DayValues.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
