package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeaturePaneCodecTest {
  /** As a variable-length number. */
  private static final byte[] MINUS_ONE = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

  /** Of sums and squares of all magnitudes, see {@code ExactMoments}. */
  private static final int WIDEST_COLUMN_BYTES = 1_664;

  private final FeaturePaneCodec codec = new FeaturePaneCodec();

  /** What lies in {@code feature-pane.v2.bin}. */
  private static FeaturePane example() {
    FeaturePane pane = new FeaturePane(3);
    pane.add(new double[] {1.5, Double.NaN, 1e9 + 0.25});
    pane.add(new double[] {-2.25, Double.NaN, 1e9 + 0.5});
    pane.add(new double[] {40, Double.NaN, 1e9});
    return pane;
  }

  @Test
  void readsTheStateOfVersion2() throws IOException {
    assertThat(read(fixture())).isEqualTo(example());
  }

  @Test
  void writesVersion2() throws IOException {
    assertThat(write(example())).isEqualTo(fixture());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Random random = new Random(1);
    for (int fields = 0; fields < 9; fields++) {
      FeaturePane pane = new FeaturePane(fields);
      for (int i = random.nextInt(50); i > 0; i--) {
        pane.add(random.doubles(fields, -1e3, 1e3).map(x -> x > 500 ? Double.NaN : x).toArray());
      }
      assertThat(read(write(pane))).isEqualTo(pane);
    }
  }

  @Test
  void equalPanesHaveEqualBytesWhateverWasAddedAndSubtracted() throws IOException {
    FeaturePane other = new FeaturePane(3);
    other.add(new double[] {-1e300, 7, Double.MIN_VALUE});
    FeaturePane pane = other.copy();
    pane.merge(example());
    pane.subtract(other);
    pane.extremes(example().extremes());
    assertThat(write(pane)).isEqualTo(fixture());
  }

  @Test
  void readsBackMagnitudesWhoseSquaresFitNoDouble() throws IOException {
    FeaturePane pane = FeaturePaneTest.paneOf(Double.MAX_VALUE, -Double.MAX_VALUE, 1);
    assertThat(read(write(pane))).isEqualTo(pane);
  }

  @Test
  void readsBackAllMagnitudesInOneColumnWhateverStoodBefore() throws IOException {
    FeaturePane pane = new FeaturePane(3);
    pane.add(new double[] {1, Double.MIN_VALUE, -1e-300});
    pane.add(new double[] {2, Double.MAX_VALUE, 1e300});
    pane.add(new double[] {Double.NaN, -7, 1e-3});
    assertThat(read(write(pane))).isEqualTo(pane);
  }

  @Test
  void makesRoomForWideSumsOnceHoweverManyFieldsThereAre() throws IOException {
    FeaturePane pane = new FeaturePane(FeaturePane.MAX_FIELDS);
    double[] values = new double[FeaturePane.MAX_FIELDS];
    Arrays.fill(values, Double.NaN);
    for (double value : new double[] {Double.MIN_VALUE, Double.MAX_VALUE}) {
      values[1] = value;
      pane.add(values);
    }
    byte[] bytes = write(pane);
    read(bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    read(bytes);
    long asked = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(asked).isLessThan(2L * WIDEST_COLUMN_BYTES * FeaturePane.MAX_FIELDS);
  }

  @Test
  void copiesAreIndependent() {
    FeaturePane pane = example();
    FeaturePane copy = codec.copy(pane);
    copy.add(new double[] {1, 2, 3});
    assertThat(pane).isEqualTo(example());
    assertThat(copy.records()).isEqualTo(4);
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
    assertRefused(fixture -> fixture.put(0, (byte) 1), "version must be 2, was 1");
    assertRefused(fixture -> fixture.putShort(1, (short) -1), "at most 4096, was 65535");
    assertRefused(fixture -> fixture.position(3).put(MINUS_ONE), "records must be ≥ 0, was -1");
    assertRefused(fixture -> fixture.put(3, (byte) 2), "field 0 is not a summary of 2 records");
    assertRefused(fixture -> fixture.put(4, (byte) 4), "field 0 is not a summary of 3 records");
    assertRefused(fixture -> fixture.position(4).put(MINUS_ONE), "count -1");
    assertRefused(fixture -> fixture.putDouble(5, 41), "min 41.0, max 40.0");
    assertRefused(fixture -> fixture.putDouble(5, Double.NaN), "min NaN");
    assertRefused(fixture -> fixture.putDouble(13, Double.POSITIVE_INFINITY), "max Infinity");
    assertRefused(fixture -> fixture.put(21, (byte) 1), "sum: must be");
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
    try (InputStream in = FeaturePaneCodecTest.class.getResourceAsStream("/feature-pane.v2.bin")) {
      return in.readAllBytes();
    }
  }

  private byte[] write(FeaturePane pane) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(pane, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private FeaturePane read(byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
