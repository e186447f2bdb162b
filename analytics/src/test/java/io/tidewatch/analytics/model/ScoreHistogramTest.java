package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.derived.ScoreContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreHistogramTest {
  private static final double BIN = 0.002;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 5_000})
  void saysWhatTheSortedScoresSay(int count) {
    Random random = new Random(count);
    double[] scores = random.doubles(count, 0.3, 0.8).toArray();
    ScoreHistogram histogram = of(scores);
    Arrays.sort(scores);
    ScoreContext context = histogram.context(0.55);
    assertThat(context.rows()).isEqualTo(count).isEqualTo(histogram.total());
    double mean = Arrays.stream(scores).average().orElseThrow();
    double variance = Arrays.stream(scores).map(x -> (x - mean) * (x - mean)).sum() / count;
    assertThat(context.mean()).isCloseTo(mean, within(1e-12));
    assertThat(context.std()).isCloseTo(Math.sqrt(variance), within(1e-7));
    assertThat(context.p95()).isBetween(exact(scores, .95), exact(scores, .95) + BIN);
    assertThat(context.p99()).isBetween(exact(scores, .99), exact(scores, .99) + BIN);
    double from = 100.0 * Arrays.stream(scores).filter(x -> x < 0.55 - BIN).count() / count;
    double to = 100.0 * Arrays.stream(scores).filter(x -> x < 0.55 + BIN).count() / count;
    assertThat(context.percentile()).isBetween(from, to);
  }

  @Test
  void ofNoScoresThereIsNothingToSay() {
    assertThat(new ScoreHistogram().context(0.5)).isEqualTo(ScoreContext.NONE);
  }

  @Test
  void aRowWithoutScoreHasAContextButNoPercentile() {
    ScoreContext context = of(0.5, 0.5).context(Double.NaN);
    assertThat(context.percentile()).isNaN();
    assertThat(context.mean()).isEqualTo(0.5);
    assertThat(context.std()).isZero();
  }

  @Test
  void endsOfTheRangeCount() {
    ScoreContext context = of(0, 1).context(1);
    assertThat(context.p99()).isEqualTo(BIN);
    assertThat(context.percentile()).isEqualTo(75);
  }

  @Test
  void mergesAsIfAllHadBeenAddedToOne() {
    ScoreHistogram left = of(0.25, 0.5);
    left.merge(of(0.75, 0.125, 0.5));
    assertThat(left.toBytes()).isEqualTo(of(0.25, 0.5, 0.75, 0.125, 0.5).toBytes());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    ScoreHistogram histogram = of(new Random(3).doubles(2_000, 0, 1).toArray());
    byte[] bytes = histogram.toBytes();
    assertThat(ScoreHistogram.fromBytes(bytes).toBytes()).isEqualTo(bytes);
    assertThat(ScoreHistogram.fromBytes(bytes).context(.4)).isEqualTo(histogram.context(.4));
    assertThat(new ScoreHistogram().toBytes()).hasSize(17);
  }

  @Test
  void refusesWhatIsNoHistogram() {
    byte[] bytes = of(0.5).toBytes();
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(new byte[] {2}))
        .hasMessage("scores: version must be 1, was 2");
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(Arrays.copyOf(bytes, 10)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessage("scores: must not end within their counts, did");
    byte[] notFinite = bytes.clone();
    ByteBuffer.wrap(notFinite).putDouble(1, Double.NaN);
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(notFinite))
        .hasMessage("scores: sums must be finite and ≥ 0, were NaN and 0.25");
    byte[] tooMany = Arrays.copyOf(bytes, bytes.length + 10);
    tooMany[bytes.length] = 1;
    Arrays.fill(tooMany, bytes.length + 1, tooMany.length - 1, (byte) 0xFF);
    tooMany[tooMany.length - 1] = 0x7F;
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(tooMany))
        .as("more than a long counts")
        .hasMessageStartingWith("scores: must be counts ≥ 1 of ascending bins below 500");
    byte[] beyond = Arrays.copyOf(bytes, bytes.length + 3);
    beyond[bytes.length] = (byte) 0xFF;
    beyond[bytes.length + 1] = 3;
    beyond[bytes.length + 2] = 1;
    assertThatThrownBy(() -> ScoreHistogram.fromBytes(beyond))
        .hasMessageStartingWith("scores: must be counts ≥ 1 of ascending bins below 500");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesWhatIsNoScore(double score) {
    assertThatThrownBy(() -> of(score)).hasMessage("score: must be in [0, 1], was " + score);
  }

  private static double exact(double[] sorted, double q) {
    return sorted[(int) Math.floor(q * (sorted.length - 1))];
  }

  private static ScoreHistogram of(double... scores) {
    ScoreHistogram histogram = new ScoreHistogram();
    for (double score : scores) {
      histogram.add(score);
    }
    return histogram;
  }
}
