package io.tidewatch.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.analytics.decide.DeviationRule;
import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.analytics.detect.SeriesDetectorCodec;
import io.tidewatch.analytics.forest.BuiltInTrainer;
import io.tidewatch.analytics.forest.ForestSettings;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.IsolationForestCodec;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.series.SeriesMonitor;
import io.tidewatch.analytics.series.SeriesMonitorCodec;
import io.tidewatch.analytics.series.SeriesPoint;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.testkit.fuzz.ByteMutator;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Mutator;
import io.tidewatch.testkit.fuzz.Readings;
import io.tidewatch.testkit.fuzz.TextMutator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** Forests, detectors, and the documents that carry forests. */
final class ModelTargets {
  private static final String KEY = "host";
  private static final int FOREST_ROWS = 40;
  private static final long SEED = 5;

  /** Small, so that a detector is some kilobytes and not some hundred. */
  private static final DetectorSettings SETTINGS =
      new DetectorSettings(20, 3, 1_000, 1, 15, 0.5, DetectorSettings.Votes.ALL, DeviationRule.ANY);

  private static final Mutator DOCUMENT =
      new TextMutator(
          List.of(
              "\"kind\":\"rollback\",",
              "\"format\":1,",
              "\"format\":2,",
              "\"origin\":\"x\",",
              "\"threshold\":0.5,",
              "\"scaler_version\":\"v\",",
              "\"forest\":\"rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==\",",
              "\"seed\":1,"));

  private ModelTargets() {}

  static List<FuzzTarget> all() {
    return List.of(forest(), modelMessage(), detector(), monitor());
  }

  private static FuzzTarget forest() {
    return new FuzzTarget(
        "forest",
        List.of(IsolationForestCodec.write(grown(0)), IsolationForestCodec.write(grown(1))),
        new ByteMutator(ModelTargets::withChecksum),
        Readings.ofCodec(IsolationForestCodec::read, IsolationForestCodec::write));
  }

  /** Half of the inputs are changed documents, the others good documents of changed forests. */
  private static FuzzTarget modelMessage() {
    ModelMessageDecoder decoder =
        new ModelMessageDecoder(Samples.FEATURES_OF_MODELS, ModelScope.FLEET);
    byte[] forest = IsolationForestCodec.write(grown(0));
    Mutator ofForest = new ByteMutator(ModelTargets::withChecksum);
    Mutator both =
        (input, others, random) ->
            random.nextBoolean()
                ? DOCUMENT.mutate(input, others, random)
                : ModelMessageCodec.encode(
                    artifact(ofForest.mutate(forest, List.of(forest), random), random));
    return new FuzzTarget(
        "model-message",
        List.of(
            ModelMessageCodec.encode(artifact(forest, new Random(SEED))),
            ModelMessageCodec.encode(new ModelRollback(KEY, "v1"))),
        both,
        Readings.ofDecoder(
            value -> decoder.decode(KEY.getBytes(UTF_8), value),
            ModelMessageCodec::encode,
            ModelTargets::same));
  }

  private static boolean same(ModelMessage a, ModelMessage b) {
    return Arrays.equals(ModelMessageCodec.encode(a), ModelMessageCodec.encode(b));
  }

  private static ForestArtifact artifact(byte[] forest, RandomGenerator random) {
    boolean asGrown = random.nextInt(8) != 0;
    return new ForestArtifact(
        KEY,
        "v1",
        new BuiltInTrainer().engine(),
        asGrown ? SEED : random.nextLong(),
        FOREST_ROWS,
        Samples.TIME_MS,
        Samples.TIME_MS + 60_000,
        Samples.FEATURES,
        null,
        null,
        0.6,
        List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
        forest);
  }

  private static IsolationForest grown(int extensionLevel) {
    Random random = new Random(SEED);
    double[][] rows = new double[FOREST_ROWS][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.doubles(Samples.FEATURES.size(), -10, 10).toArray();
    }
    return new BuiltInTrainer()
        .fit(
            TrainingRows.of(Samples.FEATURES, rows),
            new ForestSettings(3, 16, extensionLevel, SEED));
  }

  private static FuzzTarget detector() {
    List<byte[]> seeds = new ArrayList<>();
    for (int rows : new int[] {0, 30, 300}) {
      SeriesDetector detector = SeriesDetector.create(SETTINGS, SEED);
      for (int row = 0; row < rows; row++) {
        detector.next(timeMs(row), value(row));
      }
      seeds.add(SeriesDetectorCodec.write(detector));
    }
    return new FuzzTarget(
        "detector",
        seeds,
        new ByteMutator(ModelTargets::withChecksum),
        Readings.ofCodec(
            input -> SeriesDetectorCodec.read(input, SETTINGS), SeriesDetectorCodec::write));
  }

  private static FuzzTarget monitor() {
    SeriesMonitor monitor = SeriesMonitor.create(SETTINGS);
    for (int row = 0; row < 60; row++) {
      monitor.next(new SeriesPoint(timeMs(row - 1), timeMs(row), value(row)));
    }
    return new FuzzTarget(
        "series-monitor",
        List.of(
            SeriesMonitorCodec.write(SeriesMonitor.create(SETTINGS)),
            SeriesMonitorCodec.write(monitor)),
        new ByteMutator(ModelTargets::withChecksumOfDetector),
        Readings.ofCodec(
            input -> SeriesMonitorCodec.read(input, SETTINGS), SeriesMonitorCodec::write));
  }

  private static long timeMs(int row) {
    return Samples.TIME_MS + row * 60_000L;
  }

  private static double value(int row) {
    return row % 17 == 16 ? Double.NaN : 20 + Math.sin(row / 7.0) + row % 5;
  }

  /** CRC-32 of all before in the last four bytes. */
  private static byte[] withChecksum(byte[] input) {
    return withChecksum(input, 0, input.length);
  }

  /** Of the detector behind the version and its length. */
  private static byte[] withChecksumOfDetector(byte[] input) {
    int head = 1 + Integer.BYTES;
    int length = input.length < head ? 0 : ByteBuffer.wrap(input).getInt(1);
    return length < 0 || length > input.length - head
        ? input
        : withChecksum(input, head, head + length);
  }

  private static byte[] withChecksum(byte[] input, int from, int to) {
    int end = to - Integer.BYTES;
    if (end >= from) {
      CRC32 crc = new CRC32();
      crc.update(input, from, end - from);
      ByteBuffer.wrap(input).putInt(end, (int) crc.getValue());
    }
    return input;
  }
}
