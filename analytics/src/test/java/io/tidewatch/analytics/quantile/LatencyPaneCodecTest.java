package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyPaneCodecTest {
  private final LatencyPaneCodec codec = new LatencyPaneCodec();

  /** What lies in {@code latency-pane.v1.bin}. */
  private static LatencyPane example() {
    LatencyPane pane = new LatencyPane();
    for (int i = 0; i < 50; i++) {
      pane.add(i * i * 0.75, i % 10 == 3 ? 502 : 200);
    }
    pane.add(0.1, 404);
    pane.add(86_400_000, 500);
    return pane;
  }

  @Test
  void readsTheStateOfVersion1() throws IOException {
    LatencyPane read = read(fixture());
    assertThat(read).hasToString(example().toString());
    assertThat(read.count()).isEqualTo(52);
    assertThat(read.errors()).isEqualTo(6);
    for (double q = 0; q <= 1; q += 0.01) {
      assertThat(read.quantileMs(q)).isEqualTo(example().quantileMs(q));
    }
  }

  @Test
  void writesVersion1() throws IOException {
    assertThat(write(example())).isEqualTo(fixture());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Random random = new Random(1);
    for (int requests = 0; requests < 3000; requests = requests * 3 + 1) {
      LatencyPane pane = new LatencyPane();
      for (int i = 0; i < requests; i++) {
        pane.add(Math.exp(5 * random.nextGaussian()), 100 * (1 + random.nextInt(5)));
      }
      LatencyPane read = read(write(pane));
      assertThat(read).hasToString(pane.toString());
      assertThat(write(read)).isEqualTo(write(pane));
      assertThat(write(codec.copy(pane))).isEqualTo(write(pane));
    }
  }

  @Test
  void readsBackWhatHasOverflowed() throws IOException {
    LatencyPane pane = new LatencyPane();
    pane.add(Double.MAX_VALUE, 200);
    pane.add(Double.MAX_VALUE, 200);
    assertThat(read(write(pane)).meanMs()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void refusesTruncatedBytes() throws IOException {
    byte[] bytes = fixture();
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesBytesThatAreNoPane() throws IOException {
    assertRefused(bytes -> bytes.put(0, (byte) 0), "version must be 1, was 0");
    assertRefused(bytes -> bytes.putLong(1, -1), "errors -1");
    assertRefused(bytes -> bytes.putLong(1, 53), "errors 53");
    assertRefused(bytes -> bytes.putDouble(9, -5), "sum -5.0");
    assertRefused(bytes -> bytes.putDouble(9, Double.NaN), "sum NaN");
    assertRefused(bytes -> bytes.putDouble(17, Double.NaN), "not a summary");
    assertRefused(bytes -> bytes.putShort(25, (short) 3), "truncated at 3 bytes");
  }

  private interface Damage {
    void to(ByteBuffer fixture);
  }

  private void assertRefused(Damage damage, String message) throws IOException {
    byte[] bytes = fixture();
    damage.to(ByteBuffer.wrap(bytes));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static byte[] fixture() throws IOException {
    try (InputStream in = LatencyPaneCodecTest.class.getResourceAsStream("/latency-pane.v1.bin")) {
      return in.readAllBytes();
    }
  }

  private byte[] write(LatencyPane pane) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(pane, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private LatencyPane read(byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
