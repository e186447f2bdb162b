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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyPaneCodecTest {
  /** How many bytes the sum has in the fixture of version 3, which it ends. */
  private static final int SUM_BYTES = 13;

  private final LatencyPaneCodec codec = new LatencyPaneCodec();

  /** What lies in the fixtures of all versions. */
  private static LatencyPane example() {
    LatencyPane pane = new LatencyPane();
    for (int i = 0; i < 50; i++) {
      pane.add(i * i * 0.75, i % 10 == 3 ? 502 : 200);
    }
    pane.add(0.1, 404);
    pane.add(86_400_000, 500);
    return pane;
  }

  /** The same, two of the requests with known traces. */
  private static LatencyPane traced() {
    LatencyPane pane = new LatencyPane();
    for (int i = 0; i < 50; i++) {
      pane.add(i * i * 0.75, i % 10 == 3 ? 502 : 200);
    }
    pane.add(0.1, 404, "ein Gedanke");
    pane.add(86_400_000, 500, "4bf92f3577b34da6a3ce929d0e0e4736");
    return pane;
  }

  @Test
  void readsWhichRequestsWereTheSlowest() throws IOException {
    assertThat(read(fixture(4))).isEqualTo(traced()).isNotEqualTo(example());
    assertThat(write(traced())).isEqualTo(fixture(4));
    assertThat(codec.copy(traced())).isEqualTo(traced());
    assertThat(read(fixture(4)).traceIds())
        .containsExactly("4bf92f3577b34da6a3ce929d0e0e4736", "ein Gedanke");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsTheStateOfVersion(int version) throws IOException {
    LatencyPane read = read(fixture(version));
    assertThat(read).hasToString(example().toString());
    assertThat(read.count()).isEqualTo(52);
    assertThat(read.errors()).isEqualTo(6);
    for (double q = 0; q <= 1; q += 0.01) {
      assertThat(read.quantileMs(q)).isEqualTo(example().quantileMs(q));
    }
  }

  @Test
  void writesVersion3WithoutTraces() throws IOException {
    assertThat(write(example())).isEqualTo(fixture(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void writesOlderStateAsVersion3(int version) throws IOException {
    assertThat(write(read(fixture(version)))).isEqualTo(fixture(3));
  }

  @Test
  void equalRequestsHaveEqualBytesWhateverWasAddedAndSubtracted() throws IOException {
    LatencyPane other = new LatencyPane();
    other.add(1e300, 500);
    other.add(Double.MIN_VALUE, 200);
    LatencyPane pane = other.copy();
    pane.merge(example());
    pane.subtract(other);
    pane.slowest(example().maxMs(), null);
    assertThat(write(pane)).isEqualTo(fixture(3));
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void refusesTruncatedBytes(int version) throws IOException {
    byte[] bytes = fixture(version);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesBytesThatAreNoPane() throws IOException {
    assertRefused(1, bytes -> bytes.put(0, (byte) 0), "version must be from 1 to 4, was 0");
    assertRefused(1, bytes -> bytes.putLong(1, -1), "errors -1");
    assertRefused(1, bytes -> bytes.putLong(1, 53), "errors 53");
    assertRefused(1, bytes -> bytes.putDouble(9, -5), "sum -5.0");
    assertRefused(1, bytes -> bytes.putDouble(9, Double.NaN), "sum NaN");
    assertRefused(1, bytes -> bytes.putDouble(17, Double.NaN), "not a summary");
    assertRefused(1, bytes -> bytes.putShort(25, (short) 3), "truncated at 3 bytes");
    assertRefused(1, bytes -> bytes.put(27, (byte) 2), "version must be 1 there, was 2");
    assertRefused(2, bytes -> bytes.put(1, (byte) 53), "errors 53");
    assertRefused(2, bytes -> bytes.putDouble(2, -5), "sum -5.0");
    assertRefused(2, bytes -> bytes.putDouble(2, Double.NaN), "sum NaN");
    assertRefused(2, bytes -> bytes.putDouble(10, Double.NaN), "not a summary");
    assertRefused(2, bytes -> bytes.putDouble(2, Double.POSITIVE_INFINITY), "sum Infinity");
    assertRefused(2, bytes -> bytes.put(18, (byte) 1), "version must be 1 or 2, was 1");
    assertRefused(3, bytes -> bytes.put(1, (byte) 53), "errors 53");
    assertRefused(3, bytes -> bytes.put(2, (byte) 1), "version must be 1 or 2, was 1");
    int sum = fixture(3).length - SUM_BYTES;
    assertRefused(3, bytes -> bytes.put(sum, (byte) (bytes.get(sum) | 1)), "sum -8.6");
    assertRefused(3, bytes -> bytes.put(sum, (byte) 1), "sum: must be");
  }

  @Test
  void refusesTracesThatAreNotThoseOfThePane() throws IOException {
    int traces = fixture(3).length; // the same but for the version up to there
    int second = traces + 1 + 8 + 2 + 32;
    String message = "traces must be 1 to 3 of its requests, the slowest first, were ";
    assertRefused(4, bytes -> bytes.put(traces, (byte) 0), message + "0: []");
    assertRefused(4, bytes -> bytes.put(traces, (byte) 4), message + "4: []");
    assertRefused(4, bytes -> bytes.putDouble(traces + 1, 86_400_001), message + "2");
    assertRefused(4, bytes -> bytes.putDouble(traces + 1, Double.NaN), message + "2");
    assertRefused(4, bytes -> bytes.putDouble(traces + 1, 0.01), message + "2");
    assertRefused(4, bytes -> bytes.putDouble(second, -0.1), message + "2");
  }

  private interface Damage {
    void to(ByteBuffer fixture);
  }

  private void assertRefused(int version, Damage damage, String message) throws IOException {
    byte[] bytes = fixture(version);
    damage.to(ByteBuffer.wrap(bytes));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static byte[] fixture(int version) throws IOException {
    String name = "/latency-pane.v%d.bin".formatted(version);
    try (InputStream in = LatencyPaneCodecTest.class.getResourceAsStream(name)) {
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
