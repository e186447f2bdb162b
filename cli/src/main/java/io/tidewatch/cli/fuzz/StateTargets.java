package io.tidewatch.cli.fuzz;

import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.feature.PointsPane;
import io.tidewatch.analytics.feature.RetractableSummary;
import io.tidewatch.analytics.model.ScoreHistogram;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.testkit.fuzz.ByteMutator;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Readings;
import io.tidewatch.udfs.sql.FeaturePaneSerializer;
import io.tidewatch.udfs.sql.RetractableSketchSerializer;
import io.tidewatch.udfs.sql.RetractableSummarySerializer;
import io.tidewatch.udfs.window.FeaturePanesSerializer;
import io.tidewatch.udfs.window.FeaturePointsSerializer;
import io.tidewatch.udfs.window.LatencyPanesSerializer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Codecs of what stands in savepoints and in columns of bytes. */
final class StateTargets {
  private static final double[] DURATIONS = {0, 0.5, 12, 12, 12, 12, 400.25, 1e9};

  private StateTargets() {}

  /** Writes bytes by hand: what only older versions wrote, or only a running job makes. */
  @FunctionalInterface
  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  static List<FuzzTarget> all() {
    return List.of(
        sketch(),
        storedSketch(),
        scores(),
        state(
            "feature-panes",
            FeaturePanesSerializer.INSTANCE,
            List.of(bytes(FeaturePanesSerializer.INSTANCE, featurePanes()), latePanes())),
        state(
            "feature-points",
            FeaturePointsSerializer.INSTANCE,
            List.of(
                bytes(FeaturePointsSerializer.INSTANCE, new PointSeries<>(10, 5)), pointSeries())),
        state(
            "latency-panes",
            LatencyPanesSerializer.INSTANCE,
            List.of(
                bytes(LatencyPanesSerializer.INSTANCE, latencyPanes()),
                latencyPanesOfVersion2(),
                latencyPanesOfVersion1())),
        state(
            "sql-feature-pane",
            new FeaturePaneSerializer(),
            List.of(bytes(new FeaturePaneSerializer(), featurePane()))),
        state(
            "sql-sketch",
            new RetractableSketchSerializer(),
            List.of(bytes(new RetractableSketchSerializer(), retracted()))),
        state(
            "sql-summary",
            new RetractableSummarySerializer(),
            List.of(bytes(new RetractableSummarySerializer(), summary()))));
  }

  private static FuzzTarget sketch() {
    return new FuzzTarget(
        "sketch-bytes",
        List.of(sketchOf(DURATIONS).toBytes(), new QuantileSketch().toBytes(), sketchOfVersion1()),
        new ByteMutator(),
        Readings.ofCodec(QuantileSketch::fromBytes, QuantileSketch::toBytes));
  }

  private static FuzzTarget storedSketch() {
    return new FuzzTarget(
        "stored-sketch",
        List.of(
            StoredSketches.encode(sketchOf(DURATIONS)),
            StoredSketches.encode(new QuantileSketch())),
        new ByteMutator(),
        Readings.ofCodec(StoredSketches::decode, StoredSketches::encode));
  }

  private static FuzzTarget scores() {
    ScoreHistogram histogram = new ScoreHistogram();
    for (double score : new double[] {0, 0.4, 0.41, 0.41, 0.9, 1}) {
      histogram.add(score);
    }
    return new FuzzTarget(
        "score-histogram",
        List.of(histogram.toBytes(), new ScoreHistogram().toBytes()),
        new ByteMutator(),
        Readings.ofCodec(ScoreHistogram::fromBytes, ScoreHistogram::toBytes));
  }

  private static <T> FuzzTarget state(
      String name, TypeSerializer<T> serializer, List<byte[]> seeds) {
    return new FuzzTarget(
        name,
        seeds,
        new ByteMutator(),
        Readings.ofStreamCodec(
            input -> serializer.deserialize(new DataInputDeserializer(input)),
            value -> bytes(serializer, value)));
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) {
    DataOutputSerializer out = new DataOutputSerializer(256);
    try {
      serializer.serialize(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.getCopyOfBuffer();
  }

  private static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static FeaturePane featurePane() {
    FeaturePane pane = new FeaturePane(1);
    pane.add(new double[] {1.5});
    pane.add(new double[] {-1e-300});
    pane.add(new double[] {1e300});
    return pane;
  }

  private static Panes<DevicePane> featurePanes() {
    FeaturePane sums = new FeaturePane(3);
    sums.add(new double[] {1.5, Double.NaN, -7});
    sums.add(new double[] {2.25, Double.NaN, 1e10});
    PointsPane points = new PointsPane(2);
    points.add(Samples.TIME_MS, new double[] {1, Double.NaN});
    points.add(Samples.TIME_MS + 900, new double[] {2, 3});
    Panes<DevicePane> panes = new Panes<>();
    panes.insert(Samples.TIME_MS, sums);
    panes.insert(Samples.TIME_MS + 1_000, points);
    return panes;
  }

  /** One pane that two records came late to. */
  private static byte[] latePanes() {
    return bytes(
        out -> {
          out.writeByte(2);
          out.writeInt(1);
          out.writeLong(Samples.TIME_MS);
          out.writeInt(2);
          out.write(bytes(new FeaturePaneSerializer(), featurePane()));
        });
  }

  private static byte[] pointSeries() {
    return bytes(
        out -> {
          out.writeByte(1);
          out.writeInt(10);
          out.writeInt(5);
          out.writeLong(17);
          out.writeLong(Samples.TIME_MS);
          out.writeLong(Samples.TIME_MS - 1);
          out.write(bytes(FeaturePanesSerializer.INSTANCE, featurePanes()));
          out.writeByte(1);
          out.writeInt(1);
          out.writeLong(15);
          out.writeLong(Samples.TIME_MS);
        });
  }

  private static Panes<LatencyPane> latencyPanes() {
    LatencyPane pane = new LatencyPane();
    for (double ms : DURATIONS) {
      pane.add(ms, ms > 100 ? 503 : 200);
    }
    Panes<LatencyPane> panes = new Panes<>();
    panes.insert(Samples.TIME_MS, pane);
    panes.insert(Samples.TIME_MS + 5_000, new LatencyPane());
    return panes;
  }

  private static byte[] latencyPanesOfVersion2() {
    return bytes(
        out -> {
          out.writeByte(1);
          out.writeInt(1);
          out.writeLong(Samples.TIME_MS);
          out.writeByte(2);
          out.writeByte(1);
          out.writeDouble(1_000_000_448.75);
          out.writeDouble(1e-9);
          out.write(sketchOf(DURATIONS).toBytes());
        });
  }

  private static byte[] latencyPanesOfVersion1() {
    byte[] sketch = sketchOfVersion1();
    return bytes(
        out -> {
          out.writeByte(1);
          out.writeInt(1);
          out.writeLong(Samples.TIME_MS);
          out.writeByte(1);
          out.writeLong(1);
          out.writeDouble(1_000_000_448.75);
          out.writeDouble(1e-9);
          out.writeShort(sketch.length);
          out.write(sketch);
        });
  }

  private static QuantileSketch sketchOf(double... values) {
    QuantileSketch sketch = new QuantileSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  /** Count and greatest value, then the bins as the library encodes them. */
  private static byte[] sketchOfVersion1() {
    QuantileSketch sketch = sketchOf(DURATIONS);
    return bytes(
        out -> {
          out.writeByte(1);
          out.writeLong(sketch.count());
          out.writeDouble(sketch.max());
          out.write(StoredSketches.encode(sketch));
        });
  }

  private static RetractableSketch retracted() {
    RetractableSketch sketch = new RetractableSketch();
    for (double value : DURATIONS) {
      sketch.add(value);
    }
    sketch.retract(0.5);
    sketch.retract(77);
    return sketch;
  }

  private static RetractableSummary summary() {
    RetractableSummary summary = new RetractableSummary();
    for (double value : DURATIONS) {
      summary.add(value);
    }
    summary.retract(12);
    summary.retract(-3);
    return summary;
  }
}
