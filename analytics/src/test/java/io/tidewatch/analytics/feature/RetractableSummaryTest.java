package io.tidewatch.analytics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.window.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetractableSummaryTest {

  /** The frame of an OVER window, with values that repeat, both zeros, and missing ones. */
  @Test
  void aMovingFrameTellsWhatAPaneOfItsRecordsTells() {
    double[] values = values(2_000);
    for (int frame : new int[] {1, 2, 7, 100}) {
      RetractableSummary summary = new RetractableSummary();
      for (int i = 0; i < values.length; i++) {
        summary.add(values[i]);
        if (i >= frame) {
          summary.retract(values[i - frame]);
        }
        FeaturePane expected = pane(Arrays.copyOfRange(values, Math.max(0, i + 1 - frame), i + 1));
        assertThat(summary.summary()).isEqualTo(expected);
        assertThat(summary.summary().features()).containsExactly(expected.features());
      }
      assertThat(summary.counts()).as("no more than the frame").hasSizeLessThanOrEqualTo(frame);
    }
  }

  @Test
  void anyOrderOfAddingAndTakingBackInPartsTellsTheSame() throws IOException {
    Random random = new Random(31);
    double[] values = values(600);
    RetractableSummary[] parts = new RetractableSummary[4];
    Arrays.setAll(parts, i -> new RetractableSummary());
    List<Runnable> steps = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      RetractableSummary into = parts[random.nextInt(parts.length)];
      RetractableSummary from = parts[random.nextInt(parts.length)];
      steps.add(() -> into.add(value));
      if (i >= 200) {
        steps.add(() -> from.retract(value));
      }
    }
    Collections.shuffle(steps, random);
    steps.forEach(Runnable::run);
    RetractableSummary merged = new RetractableSummary();
    for (RetractableSummary part : parts) {
      merged.merge(read(bytes(part)));
    }

    assertThat(merged.summary()).isEqualTo(pane(Arrays.copyOf(values, 200)));
    assertThat(read(bytes(merged))).hasToString(merged.toString());
  }

  @Test
  void tellsNothingWhileARecordIsOwed() {
    RetractableSummary summary = new RetractableSummary();
    summary.retract(5);
    assertThat(summary.summary().records()).isZero();
    summary.add(Double.NaN);
    summary.add(Double.NaN);
    assertThat(summary.summary().records()).as("a value is owed").isZero();
    summary.add(5);
    assertThat(summary.summary()).isEqualTo(pane(Double.NaN, Double.NaN));
  }

  @Test
  void extremesAreOfWhatIsThereWhileOthersAreOwed() {
    RetractableSummary summary = new RetractableSummary();
    summary.retract(1);
    summary.retract(9);
    summary.add(4);
    summary.add(5);
    summary.add(6);
    assertThat(summary.summary().min(0)).isEqualTo(4);
    assertThat(summary.summary().max(0)).isEqualTo(6);
  }

  @Test
  void aCopyIsAnother() throws IOException {
    RetractableSummary summary = new RetractableSummary();
    summary.add(5);
    RetractableSummary copy = new RetractableSummaryCodec().copy(summary);
    copy.add(6);
    copy.merge(copy);
    assertThat(summary.summary()).isEqualTo(pane(5));
    assertThat(copy.summary()).isEqualTo(pane(5, 6, 5, 6));
    assertThat(bytes(summary)).isNotEqualTo(bytes(copy));
  }

  /** What lies in {@code retractable-summary.v1.bin}. */
  private static RetractableSummary example() {
    RetractableSummary example = new RetractableSummary();
    example.add(1.5);
    example.add(Double.NaN);
    example.add(1e9 + 0.25);
    example.add(1e9 + 0.25);
    example.retract(1.5);
    example.retract(-2.25);
    return example;
  }

  @Test
  void readsAndWritesTheStateOfVersion1() throws IOException {
    try (InputStream in =
        RetractableSummaryTest.class.getResourceAsStream("/retractable-summary.v1.bin")) {
      byte[] fixture = in.readAllBytes();
      assertThat(bytes(example())).isEqualTo(fixture);
      assertThat(bytes(read(fixture))).isEqualTo(fixture);
      assertThat(read(fixture)).hasToString(example().toString());
    }
  }

  @Test
  void refusesBytesOfAnotherKind() throws IOException {
    assertThatThrownBy(() -> read(new byte[] {3}))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable summary: version must be 1, was 3");
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(1);
    new FeaturePaneCodec().write(new FeaturePane(2), new DataOutputStream(two));
    new FeaturePaneCodec().write(new FeaturePane(1), new DataOutputStream(two));
    assertThatThrownBy(() -> read(two.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable summary: must be of one field, was of 2 and 1");
    RetractableSummary one = new RetractableSummary();
    one.add(5);
    byte[] uncounted = bytes(one);
    uncounted[uncounted.length - 1] = 0;
    assertThatThrownBy(() -> read(uncounted))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable summary: values must be finite, ascending and counted, was 5.0");
    ByteArrayOutputStream fewer = new ByteArrayOutputStream();
    fewer.write(bytes(new RetractableSummary()));
    byte[] none = fewer.toByteArray();
    fewer.reset();
    fewer.write(none, 0, none.length - 1);
    Varint.write(-1, new DataOutputStream(fewer));
    assertThatThrownBy(() -> read(fewer.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable summary: values must be ≥ 0, were -1");
  }

  private static double[] values(int size) {
    Random random = new Random(30);
    double[] choices = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e-300};
    return random
        .doubles(size)
        .map(
            next ->
                next < 0.3
                    ? choices[random.nextInt(choices.length)]
                    : next < 0.6 ? random.nextInt(10) : random.nextGaussian() * 1e3)
        .toArray();
  }

  private static FeaturePane pane(double... values) {
    FeaturePane pane = new FeaturePane(1);
    for (double value : values) {
      pane.add(new double[] {value});
    }
    return pane;
  }

  private static byte[] bytes(RetractableSummary summary) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new RetractableSummaryCodec().write(summary, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static RetractableSummary read(byte[] bytes) throws IOException {
    return new RetractableSummaryCodec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
