package io.tidewatch.analytics.forest;

import static io.tidewatch.analytics.forest.ForestRows.grown;
import static io.tidewatch.analytics.forest.ForestRows.names;
import static io.tidewatch.analytics.forest.ForestRows.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationForestCodecTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void whatIsReadScoresAsWhatWasWritten(int level) throws IOException {
    double[][] rows = normal(31, 800, 5);
    for (double[] row : rows) {
      row[4] = -3;
    }
    rows[3][1] = Double.NaN;
    IsolationForest forest = grown(rows, level, 31);
    byte[] bytes = IsolationForestCodec.write(forest);
    IsolationForest read = IsolationForestCodec.read(bytes);

    assertThat(IsolationForestCodec.write(read)).isEqualTo(bytes);
    assertThat(read.features()).isEqualTo(forest.features());
    assertThat(read.settings()).isEqualTo(forest.settings());
    assertThat(read.engine()).isEqualTo("built-in");
    assertThat(read.rows()).isEqualTo(800);
    double[][] asked = normal(32, 800, 5);
    asked[0][4] = -3;
    for (double[] row : Arrays.copyOf(asked, 400)) { // the others have moved
      row[4] = -3;
      row[2] = row[2] > 1 ? Double.NaN : row[2];
    }
    assertThat(read.scores(asked)).containsExactly(forest.scores(asked));
    for (double[] row : asked) {
      assertThat(read.attribution(row)).containsExactly(forest.attribution(row));
    }
  }

  @Test
  void aForestOfThePaperTakesLessThanAHundredKilobytes() {
    double[][] rows = new double[1_000][9];
    Random random = new Random(33);
    for (double[] row : rows) {
      Arrays.setAll(row, i -> i < 3 ? random.nextDouble() : 1e6 + random.nextGaussian());
    }
    assertThat(IsolationForestCodec.write(grown(rows, 0, 33))).hasSizeLessThan(100_000);
  }

  @Test
  void saysWhatIsWrongWithBytesThatAreNoForest() {
    byte[] bytes = IsolationForestCodec.write(grown(normal(34, 60, 2), 0, 34));

    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> IsolationForestCodec.read(cut))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("forest: (checksum must be|must have a version and) .*");
    }
    byte[] newer = bytes.clone();
    newer[0] = 2;
    assertThatThrownBy(() -> IsolationForestCodec.read(newer))
        .hasMessage("forest: version must be 1, was 2; written by another version of Tidewatch");
    byte[] longer = sealed(Arrays.copyOf(bytes, bytes.length + 3));
    assertThatThrownBy(() -> IsolationForestCodec.read(longer))
        .hasMessage("forest: must end with its trees, had 3 bytes more");
    byte[] shorter = sealed(Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> IsolationForestCodec.read(shorter))
        .hasMessage("forest: must not end within a tree, did");
  }

  /** Damage that a checksum does not show: each byte in turn, with a checksum that fits. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void neverBelievesWhatItReads(int level) {
    double[][] rows = normal(35, 12, 2);
    IsolationForest small =
        new BuiltInTrainer()
            .fit(TrainingRows.of(names(2), rows), new ForestSettings(4, 8, level, 35));
    byte[] bytes = IsolationForestCodec.write(small);
    int refused = 0;
    for (int at = 1; at < bytes.length - Integer.BYTES; at++) {
      for (int value : new int[] {0, 1, 2, 0x7F, 0x80, 0xF0, 0xFF}) {
        byte[] wrong = bytes.clone();
        wrong[at] = (byte) value;
        try {
          IsolationForest read = IsolationForestCodec.read(sealed(wrong));
          double score = read.score(new double[read.features().size()]);
          assertThat(score).isBetween(0.0, 1.0);
        } catch (IOException e) {
          assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(bytes.length);
  }

  /** What lies in {@code isolation-forest.v1.bin} and {@code oblique-forest.v1.bin}. */
  private static IsolationForest example(int level) {
    double[][] rows = new double[40][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i % 7 * 0.5, i % 5 == 4 ? Double.NaN : i % 11 / 8.0, 2};
    }
    return new BuiltInTrainer()
        .fit(TrainingRows.of(names(3), rows), new ForestSettings(10, 16, level, 1));
  }

  /** Also: the same seed and rows give the same bytes as they did where the fixture was written. */
  @ParameterizedTest
  @CsvSource({"isolation-forest.v1.bin, 0", "oblique-forest.v1.bin, 1"})
  void readsAndGrowsTheForestOfVersion1(String fixture, int level) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/" + fixture)) {
      byte[] bytes = in.readAllBytes();

      assertThat(IsolationForestCodec.write(example(level))).isEqualTo(bytes);
      assertThat(IsolationForestCodec.write(IsolationForestCodec.read(bytes))).isEqualTo(bytes);
    }
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    return bytes;
  }
}
