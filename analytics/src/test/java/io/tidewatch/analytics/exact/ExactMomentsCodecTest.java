package io.tidewatch.analytics.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactMomentsCodecTest {

  @ParameterizedTest
  @EnumSource
  void readsBackWhatItWrote(Kind kind) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      ExactMoments moments = ExactMomentsTest.of(kind.values(random, 1 + random.nextInt(60)));
      ExactMoments read = read(moments.count(0), write(moments));
      assertThat(read).isEqualTo(moments);
      read.add(0, 3);
      moments.add(0, 3);
      assertThat(read).isEqualTo(moments);
      assertThat(write(read)).isEqualTo(write(moments));
    }
  }

  @Test
  void readsBackTheMostThatIsEverHeld() throws IOException {
    for (double value : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}) {
      ExactMoments moments = ExactMomentsTest.of(value);
      for (int doubling = 0; doubling < 62; doubling++) {
        moments.merge(moments);
      }
      moments.add(0, Double.MIN_VALUE);
      assertThat(read(moments.count(0), write(moments))).isEqualTo(moments);
    }
  }

  @Test
  void usualTelemetryTakesFewBytes() throws IOException {
    Random random = new Random(1);
    assertThat(write(ExactMomentsTest.of(Kind.TELEMETRY.values(random, 500))))
        .hasSizeLessThanOrEqualTo(32);
    assertThat(write(ExactMomentsTest.of(1, 2, 3))).hasSize(2 * 3);
    assertThat(write(ExactMomentsTest.of())).hasSize(2);
  }

  @Test
  void refusesBytesThatAreNoSums() {
    // Length and sign of the sum, its place, its bytes; then the same of the squares.
    assertRefused(1, 1);
    assertRefused(1, 0, 1);
    assertRefused(1, 0, 3, 0, 5);
    assertRefused(0, 2, 0, 5, 0);
    assertRefused(1, 4, 0, 0, 5, 0);
    assertRefused(1, 4, 0, 5, 0, 0);
    assertRefused(1, 2, 0x81, 2, 5, 0);
    assertRefused(1, 2, 0xA8, 2, 5, 0);
    assertRefused(1, 0xAA, 4, 0xFF, 1, 5, 0);
    assertRefused(1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 5, 0);
    assertRefused(1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 5, 0);
  }

  private static void assertRefused(long count, int... bytes) {
    byte[] hostile = new byte[bytes.length + 9];
    for (int i = 0; i < bytes.length; i++) {
      hostile[i] = (byte) bytes[i];
    }
    assertThatThrownBy(() -> read(count, hostile))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "bytes at most and of %d values, was not, in column 0".formatted(count));
  }

  private static byte[] write(ExactMoments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactMomentsCodec.write(moments, 0, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ExactMoments read(long count, byte[] bytes) throws IOException {
    ExactMoments moments = ExactMoments.ofSumsAndSquares(1);
    ExactMomentsCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)), moments, 0, count);
    return moments;
  }
}
