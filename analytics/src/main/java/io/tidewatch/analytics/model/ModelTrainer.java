package io.tidewatch.analytics.model;

import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.forest.IsolationForestCodec;
import io.tidewatch.analytics.forest.TrainingRows;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Makes a model of a history. A function of its rows and settings: rows are taken in the order of
 * their time, not of their slots, and the seed comes from settings, key and time of the newest row.
 */
public final class ModelTrainer {
  private static final DateTimeFormatter VERSION_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ForestTrainer trainer;
  private final ForestRule forest;
  private final ThresholdRule threshold;

  public ModelTrainer(ForestTrainer trainer, ForestRule forest, ThresholdRule threshold) {
    this.trainer = trainer;
    this.forest = forest;
    this.threshold = threshold;
  }

  /**
   * Trains a model.
   *
   * @param features names of the values of a row
   * @param history its rows in any order
   * @throws IllegalArgumentException when the engine cannot grow a forest of these rows; one line
   *     that says why
   */
  public ForestModel train(String modelKey, List<String> features, List<ReservoirRow> history) {
    List<ReservoirRow> rows =
        history.stream()
            .sorted(
                Comparator.comparingLong(ReservoirRow::timeMs)
                    .thenComparingDouble(ReservoirRow::priority))
            .toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("history: must have rows, was empty");
    }
    double[][] values = rows.stream().map(ReservoirRow::values).toArray(double[][]::new);
    long untilMs = rows.get(rows.size() - 1).timeMs();
    IsolationForest grown =
        trainer.fit(TrainingRows.of(features, values), forest.settings(modelKey, untilMs));
    double[] scores = ascending(grown.scores(values));
    byte[] bytes = IsolationForestCodec.write(grown);
    return new ForestModel(
        new ForestArtifact(
            modelKey,
            ModelMessageCodec.version(VERSION_TIME.format(Instant.ofEpochMilli(untilMs)), bytes),
            grown.engine(),
            grown.settings().seed(),
            grown.rows(),
            rows.get(0).timeMs(),
            untilMs,
            features,
            null,
            null,
            threshold.of(scores),
            DoubleStream.of(PopulationStability.deciles(scores)).boxed().toList(),
            bytes),
        grown);
  }

  /** Without those of rows that have no value. */
  private static double[] ascending(double[] scores) {
    return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).sorted().toArray();
  }
}
