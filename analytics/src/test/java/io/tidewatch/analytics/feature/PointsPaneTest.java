package io.tidewatch.analytics.feature;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointsPaneTest {
  private final DevicePaneCodec codec = new DevicePaneCodec();

  private record Point(long timeMs, double... values) {}

  /** What lies in {@code points-pane.v3.bin}. */
  private static PointsPane example() {
    return paneOf(
        2, new Point(1_500, 1.5, NaN), new Point(1_000, -2.25, 1e9), new Point(1_500, 1.5, -0.0));
  }

  private static PointsPane paneOf(int fields, Point... points) {
    PointsPane pane = new PointsPane(fields);
    for (Point point : points) {
      pane.add(point.timeMs(), point.values());
    }
    return pane;
  }

  @Test
  void pointsAreInOrderOfTimeThenValuesMissingOnesLast() {
    PointsPane pane = example();
    pane.order();
    assertThat(Arrays.copyOf(pane.timesMs(), 3)).containsExactly(1_000, 1_500, 1_500);
    assertThat(Arrays.copyOf(pane.values(), 6)).containsExactly(-2.25, 1e9, 1.5, -0.0, 1.5, NaN);
  }

  @Test
  void isTheSameInWhateverOrderPointsCameAndHoweverTheyWereCut() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Point> points = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        double b = random.nextInt(4) == 0 ? NaN : random.nextInt(3);
        points.add(new Point(random.nextInt(20), random.nextInt(3), b));
      }
      PointsPane whole = paneOf(2, points.toArray(new Point[0]));
      Collections.shuffle(points, random);
      List<PointsPane> parts =
          new ArrayList<>(List.of(new PointsPane(2), new PointsPane(2), new PointsPane(2)));
      points.forEach(point -> parts.get(random.nextInt(3)).add(point.timeMs(), point.values()));
      PointsPane merged = parts.remove(0);
      parts.forEach(merged::merge);
      assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole).isEqualTo(merged.copy());
      assertThat(write(merged)).isEqualTo(write(whole));
      assertThat(read(write(whole))).isEqualTo(whole);
      assertThat(merged.summary()).isEqualTo(whole.summary());
      merged.order();
      whole.order();
      int size = points.size();
      assertThat(Arrays.copyOf(merged.timesMs(), size))
          .isEqualTo(Arrays.copyOf(whole.timesMs(), size));
    }
  }

  @Test
  void growsByTheFieldsThatItsModelWasGivenSinceAndLeavesOutThoseItLost() {
    PointsPane pane = paneOf(1, new Point(1, 5), new Point(2, 6, 7));
    assertThat(pane).isEqualTo(paneOf(2, new Point(1, 5, NaN), new Point(2, 6, 7)));
    PointsPane window = new PointsPane(1);
    window.merge(pane);
    assertThat(window).isEqualTo(paneOf(1, new Point(1, 5), new Point(2, 6)));
    window.clear(3);
    window.merge(pane);
    assertThat(window).isEqualTo(paneOf(3, new Point(1, 5), new Point(2, 6, 7)));
    assertThat(window)
        .isNotEqualTo(pane)
        .isNotEqualTo("")
        .hasToString("PointsPane[records=2 fields=3]");
  }

  @Test
  void pointsBecomeSumsButSumsDoNotBecomePoints() {
    FeaturePane sums = new FeaturePane(1);
    sums.merge((DevicePane) paneOf(1, new Point(1, 2), new Point(2, Double.POSITIVE_INFINITY)));
    assertThat(sums.records()).isEqualTo(2);
    assertThat(sums.count(0)).isEqualTo(1);
    assertThat(sums.mean(0)).isEqualTo(2);
    assertThatThrownBy(() -> new PointsPane(1).merge(sums))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("state: must be of points where features or cleaning need them");
  }

  @Test
  void readsAndWritesTheStateOfVersion3() throws IOException {
    assertThat(read(fixture())).isEqualTo(example());
    assertThat(write(example())).isEqualTo(fixture());
  }

  @Test
  void readsSumsAsTheyWereWrittenBefore() throws IOException {
    try (InputStream in = PointsPaneTest.class.getResourceAsStream("/feature-pane.v2.bin")) {
      byte[] before = in.readAllBytes();
      assertThat(read(before)).isInstanceOf(FeaturePane.class);
      assertThat(write(read(before))).isEqualTo(before);
    }
  }

  @Test
  void copiesAreIndependent() {
    DevicePane copy = codec.copy(example());
    copy.add(0, new double[] {1, 2});
    assertThat(copy.records()).isEqualTo(4);
    assertThat(codec.copy(example())).isEqualTo(example());
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
    assertRefused(fixture -> fixture.put(0, (byte) 4), "version must be 2, was 4");
    assertRefused(fixture -> fixture.putShort(1, (short) -1), "at most 4096, was 65535");
    assertRefused(
        fixture -> fixture.position(3).put(new byte[] {-1, -1, -1, -1, 127}),
        "records must be 0 to 2147483647");
    assertRefused(
        fixture -> fixture.position(3).put(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}),
        "records must be 0 to 2147483647, was -1");
    assertRefused(fixture -> fixture.putLong(4, Long.MAX_VALUE), "times must ascend");
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
    try (InputStream in = PointsPaneTest.class.getResourceAsStream("/points-pane.v3.bin")) {
      return in.readAllBytes();
    }
  }

  private byte[] write(DevicePane pane) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(pane, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private DevicePane read(byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
