package io.tidewatch.analytics.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CooldownTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 90})
  void admitsWhatIsGreaterThanEachOfTheRowsBefore(int rows) {
    double[] scores = new Random(rows).doubles(2_000).map(x -> Math.floor(x * 40) / 40).toArray();
    Cooldown cooldown = new Cooldown(rows);
    for (int i = 0; i < scores.length; i++) {
      boolean greatest = true;
      for (int before = Math.max(0, i - rows); before < i; before++) {
        greatest &= scores[i] > scores[before];
      }
      assertThat(cooldown.admit(scores[i], true))
          .as("row %d", i)
          .isEqualTo(greatest ? scores[i] : 0);
    }
  }

  /** A naive cooldown over rows that are one with those before them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void rowsThatDoNotStandApartCountAsOne(int rows) throws IOException {
    Random random = new Random(rows);
    double[] scores = random.doubles(3_000).map(x -> Math.floor(x * 40) / 40).toArray();
    int[] group = new int[scores.length];
    Cooldown cooldown = new Cooldown(rows);
    for (int i = 0; i < scores.length; i++) {
      boolean apart = i == 0 || random.nextInt(5) == 0;
      group[i] = i == 0 ? 1 : group[i - 1] + (apart ? 1 : 0);
      boolean greatest = true;
      for (int before = 0; before < i; before++) {
        greatest &= group[before] < group[i] - rows || scores[i] > scores[before];
      }
      assertThat(cooldown.admit(scores[i], apart))
          .as("row %d", i)
          .isEqualTo(greatest ? scores[i] : 0);
      if (i % 700 == 650) {
        cooldown = read(rows, written(cooldown));
      }
    }
  }

  @Test
  void aRowWithoutAScoreIsARowAllTheSame() {
    Cooldown cooldown = new Cooldown(2);
    assertThat(cooldown.admit(0.9, true)).isEqualTo(0.9);
    assertThat(cooldown.admit(Double.NaN, true)).isZero();
    assertThat(cooldown.admit(0, true)).isZero();
    assertThat(cooldown.admit(0.1, true)).isEqualTo(0.1);
  }

  @Test
  void whatIsReadGoesOnAsWhatWasWritten() throws IOException {
    Random random = new Random(1);
    Cooldown cooldown = new Cooldown(30);
    for (int i = 0; i < 500; i++) {
      cooldown = read(30, written(cooldown));
      Cooldown same = read(30, written(cooldown));
      double score = random.nextDouble();
      assertThat(cooldown.admit(score, true)).isEqualTo(same.admit(score, true));
      assertThat(written(cooldown)).isEqualTo(written(same));
    }
  }

  @Test
  void refusesWhatNoneHasWritten() throws IOException {
    Cooldown cooldown = new Cooldown(10);
    cooldown.admit(0.9, true);
    cooldown.admit(0.5, true);
    cooldown.admit(0.3, true);
    byte[] bytes = written(cooldown);

    assertThatThrownBy(() -> read(1, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("cooldown: scores must be 0 to 2, were 3");
    byte[] rising = bytes.clone();
    rising[1] = 0;
    assertThatThrownBy(() -> read(10, rising))
        .hasMessageMatching("cooldown: scores must fall with their age, was .* 1 rows ago");
    assertThatThrownBy(() -> new Cooldown(0)).hasMessage("cooldown.rows: must be ≥ 1, was 0");
  }

  private static byte[] written(Cooldown cooldown) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    cooldown.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Cooldown read(int rows, byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    return Cooldown.read(rows, in);
  }
}
