package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetractableSketchTest {
  private static final double ALPHA = 0.01 * (1 + 1e-9);

  @Test
  void isTheSketchOfItsValuesWhileNothingIsTakenBack() {
    RetractableSketch sketch = new RetractableSketch();
    sketch.add(3);
    sketch.add(sketch(1, 2));
    RetractableSketch other = new RetractableSketch();
    other.add(0.5);
    sketch.merge(other);

    assertThat(sketch.sketch().toBytes()).isEqualTo(sketch(3, 1, 2, 0.5).toBytes());
    assertThat(sketch.sketch().max()).isEqualTo(3);
  }

  /** The frame of an OVER window: what comes last is in, what came first goes out. */
  @ParameterizedTest
  @EnumSource
  void aMovingFrameHasTheBinsOfItsValues(QuantileSketchTest.Durations durations) {
    Random random = new Random(21);
    for (int frame : new int[] {1, 5, 128, 300}) {
      double[] values = random.doubles(700).map(ignored -> durations.next(random)).toArray();
      RetractableSketch sketch = new RetractableSketch();
      for (int i = 0; i < values.length; i++) {
        sketch.add(values[i]);
        if (i >= frame) {
          sketch.retract(values[i - frame]);
        }
        if (i % 23 == 0) {
          assertBinsOf(Arrays.copyOfRange(values, Math.max(0, i + 1 - frame), i + 1), sketch);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyOrderOfAddingAndTakingBackGivesTheSame(QuantileSketchTest.Durations durations) {
    Random random = new Random(22);
    double[] kept = durations.sorted(random, 300);
    double[] gone = durations.sorted(random, 200);
    List<Runnable> steps = new ArrayList<>();
    RetractableSketch[] parts = new RetractableSketch[4];
    Arrays.setAll(parts, i -> new RetractableSketch());
    for (double value : kept) {
      RetractableSketch part = parts[random.nextInt(parts.length)];
      steps.add(() -> part.add(value));
    }
    for (double value : gone) {
      RetractableSketch into = parts[random.nextInt(parts.length)];
      RetractableSketch from = parts[random.nextInt(parts.length)];
      steps.add(() -> into.add(value));
      steps.add(() -> from.retract(value));
    }
    Collections.shuffle(steps, random);
    steps.forEach(Runnable::run);
    RetractableSketch merged = new RetractableSketch();
    for (RetractableSketch part : parts) {
      merged.merge(part);
    }

    assertBinsOf(kept, merged);
    assertThat(merged.owed().count()).isZero();
  }

  @Test
  void wholeSketchesAreTakenBackToo() {
    RetractableSketch sketch = new RetractableSketch();
    sketch.retract(sketch(7, 8));
    sketch.add(sketch(1, 7, 9));
    sketch.add(sketch(8, 0));

    assertBinsOf(new double[] {1, 9, 0}, sketch);
  }

  @Test
  void whatIsOwedIsInNoResultUntilItComes() {
    RetractableSketch sketch = new RetractableSketch();
    sketch.retract(5);
    sketch.retract(0);
    assertThat(sketch.sketch().count()).isZero();
    assertThat(sketch.sketch().max()).isNaN();

    sketch.add(5);
    sketch.add(0);
    assertThat(sketch.sketch().count()).isZero();
    sketch.add(5);
    assertBinsOf(new double[] {5}, sketch);
  }

  @Test
  void greatestOfAbsurdValuesStaysInTheTrackedRange() throws IOException {
    RetractableSketch sketch = new RetractableSketch();
    sketch.add(1e300);
    sketch.add(4e200);
    sketch.retract(1e300);
    assertThat(sketch.sketch().max()).isBetween(0.99e11, 1e11);
    assertThat(read(bytes(sketch)).sketch().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE})
  void refusesWhatIsNoDurationAndStaysAsItWas(double bad) throws IOException {
    RetractableSketch sketch = new RetractableSketch();
    sketch.add(4);
    sketch.retract(2);
    byte[] before = bytes(sketch);
    assertThatThrownBy(() -> sketch.add(bad)).hasMessageContaining("≥ 0, was " + bad);
    assertThatThrownBy(() -> sketch.retract(bad)).hasMessageContaining("≥ 0, was " + bad);
    assertThat(bytes(sketch)).isEqualTo(before);
  }

  @Test
  void readsWhatItWroteAndNoFurther() throws IOException {
    RetractableSketch empty = new RetractableSketch();
    RetractableSketch full = new RetractableSketch();
    full.add(sketch(1, 2, 3, 0));
    RetractableSketch owing = full.copy();
    owing.retract(3);
    owing.retract(77);
    for (RetractableSketch each : List.of(empty, full, owing)) {
      byte[] bytes = bytes(each);
      DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + 1)));
      RetractableSketch back = new RetractableSketchCodec().read(in);
      assertThat(in.available()).isEqualTo(1);
      assertThat(bytes(back)).isEqualTo(bytes);
      assertThat(back).hasToString(each.toString());
    }
    assertThat(owing.toString()).contains("owed=1");
    assertThat(full.sketch().count()).as("a copy is another").isEqualTo(4);
  }

  /** What lies in {@code retractable-sketch.v1.bin}. */
  private static RetractableSketch example() {
    RetractableSketch example = new RetractableSketch();
    example.add(1.5);
    example.add(20);
    example.add(0);
    example.add(20);
    example.retract(20);
    example.retract(77);
    return example;
  }

  @Test
  void readsAndWritesTheStateOfVersion1() throws IOException {
    try (InputStream in =
        RetractableSketchTest.class.getResourceAsStream("/retractable-sketch.v1.bin")) {
      byte[] fixture = in.readAllBytes();
      assertThat(bytes(example())).isEqualTo(fixture);
      assertThat(bytes(read(fixture))).isEqualTo(fixture);
      assertThat(read(fixture)).hasToString(example().toString());
    }
  }

  @Test
  void refusesBytesOfAnotherKind() {
    assertThatThrownBy(() -> read(new byte[] {2, 0}))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable sketch: version must be 1, was 2");
    assertThatThrownBy(() -> read(new byte[] {1, 9}))
        .isInstanceOf(IOException.class)
        .hasMessage("retractable sketch: taken back must be 0 or 1, was 9");
  }

  private static void assertBinsOf(double[] values, RetractableSketch actual) {
    QuantileSketch expected = sketch(values);
    double max = expected.max();
    double told = actual.sketch().max();
    assertThat(Math.abs(told - max)).as("%s of %s", told, max).isLessThanOrEqualTo(ALPHA * max);
    expected.greatest(told);
    assertThat(actual.sketch().toBytes()).isEqualTo(expected.toBytes());
  }

  private static QuantileSketch sketch(double... values) {
    QuantileSketch sketch = new QuantileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static byte[] bytes(RetractableSketch sketch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new RetractableSketchCodec()
        .write(new RetractableSketchCodec().copy(sketch), new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static RetractableSketch read(byte[] bytes) throws IOException {
    return new RetractableSketchCodec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
