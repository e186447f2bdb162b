package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.decide.DeviationRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesDetectorCodecTest {
  private static final DetectorSettings SHIPPED = DetectorSettings.shipped();

  private static SeriesDetector after(double[] series, int rows) {
    SeriesDetector detector = SeriesDetector.create(SHIPPED, 5);
    for (int i = 0; i < rows; i++) {
      detector.next(Series.timeMs(i), series[i]);
    }
    return detector;
  }

  private static double[] series() {
    double[] series = Series.daily(1, 8_000);
    for (int i = 300; i < 320; i++) {
      series[i] = Double.NaN;
    }
    series[1_200] = 1e4;
    series[1_800] = -50;
    series[1_801] = Double.NaN;
    return series;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 63, 64, 65, 310, 1_201, 1_777, 7_500})
  void whatIsReadGoesOnBitForBit(int rows) throws IOException {
    double[] series = series();
    SeriesDetector detector = after(series, rows);
    byte[] bytes = SeriesDetectorCodec.write(detector);
    SeriesDetector read = SeriesDetectorCodec.read(bytes, SHIPPED);

    assertThat(SeriesDetectorCodec.write(read)).isEqualTo(bytes);
    for (int i = rows; i < Math.min(rows + 700, series.length); i++) {
      assertThat(read.next(Series.timeMs(i), series[i]))
          .isEqualTo(detector.next(Series.timeMs(i), series[i]));
    }
    assertThat(SeriesDetectorCodec.write(read)).isEqualTo(SeriesDetectorCodec.write(detector));
    assertThat(read.missing()).isEqualTo(detector.missing());
  }

  @Test
  void whatDecidesIsThatOfTheSettingsItIsReadWith() throws IOException {
    byte[] bytes = SeriesDetectorCodec.write(after(series(), 500));
    SeriesDetector read = SeriesDetectorCodec.read(bytes, SHIPPED.withThreshold(0.25));
    assertThat(read.settings().threshold()).isEqualTo(0.25);

    DetectorSettings more =
        new DetectorSettings(
            SHIPPED.warmUpRows(),
            SHIPPED.cooldownRows(),
            SHIPPED.memoryRows(),
            SHIPPED.treesPerView() + 1,
            SHIPPED.nodesPerTree(),
            SHIPPED.threshold(),
            SHIPPED.votes(),
            SHIPPED.deviation());
    assertThatThrownBy(() -> SeriesDetectorCodec.read(bytes, more))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "detector: trees of a view must be %d, as in the settings, were %d"
                .formatted(SHIPPED.treesPerView() + 1, SHIPPED.treesPerView()));
  }

  @Test
  void saysWhatIsWrongWithBytesThatAreNoDetector() {
    byte[] bytes = SeriesDetectorCodec.write(after(series(), 200));
    for (int length = 0; length < bytes.length; length += 131) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SeriesDetectorCodec.read(cut, SHIPPED))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("detector: (checksum must be|must have a version and) .*");
    }
    byte[] newer = bytes.clone();
    newer[0] = 3;
    assertThatThrownBy(() -> SeriesDetectorCodec.read(newer, SHIPPED))
        .hasMessage(
            "detector: version must be 1 or 2, was 3; written by another version of Tidewatch");
    byte[] foreign = "no detector at all".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SeriesDetectorCodec.read(foreign, SHIPPED))
        .hasMessageStartingWith("detector: version must be 1 or 2, was 110");
    byte[] longer = sealed(Arrays.copyOf(bytes, bytes.length + 3));
    assertThatThrownBy(() -> SeriesDetectorCodec.read(longer, SHIPPED))
        .hasMessage("detector: must end with its cooldown, had 3 bytes more");
    byte[] shorter = sealed(Arrays.copyOf(bytes, bytes.length - 900));
    assertThatThrownBy(() -> SeriesDetectorCodec.read(shorter, SHIPPED))
        .hasMessage("detector: must not end within its state, did");
  }

  /** Damage that a checksum does not show: it is refused in one line, or judges all the same. */
  @Test
  void neverBelievesWhatItReads() {
    byte[] bytes = SeriesDetectorCodec.write(after(series(), 90));
    Random random = new Random(9);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] wrong = bytes.clone();
      int at = i < 600 ? i + 1 : 1 + random.nextInt(bytes.length - 5);
      wrong[at] = (byte) new int[] {0, 1, 0x7F, 0x80, 0xF0, 0xFF}[random.nextInt(6)];
      try {
        SeriesDetector read = SeriesDetectorCodec.read(sealed(wrong), SHIPPED);
        for (int row = 90; row < 110; row++) {
          assertThat(read.next(Series.timeMs(row), row * 10).score()).isBetween(0.0, 1.0);
        }
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  /**
   * What lies in {@code series-detector.v2.bin}, and of version 1, in which all rows stand apart.
   */
  private static SeriesDetector example() {
    DetectorSettings small =
        new DetectorSettings(
            100, 90, 20_000, 1, 15, 0.5, DetectorSettings.Votes.ALL, DeviationRule.ANY);
    SeriesDetector detector = SeriesDetector.create(small, 1);
    for (int i = 0; i < 80; i++) {
      detector.next(i * 3_600_000L, i % 9 == 8 ? Double.NaN : i % 7 * 0.5 + i % 5 * (i / 40));
    }
    return detector;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsTheDetectorOfEachVersion(int version) throws IOException {
    byte[] now = SeriesDetectorCodec.write(example());
    try (InputStream in =
        getClass().getResourceAsStream("/series-detector.v%d.bin".formatted(version))) {
      byte[] bytes = in.readAllBytes();

      SeriesDetector read = SeriesDetectorCodec.read(bytes, example().settings());
      assertThat(SeriesDetectorCodec.write(read)).isEqualTo(now);
      if (now[0] == version) {
        assertThat(bytes).isEqualTo(now);
      }
    }
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    return bytes;
  }
}
