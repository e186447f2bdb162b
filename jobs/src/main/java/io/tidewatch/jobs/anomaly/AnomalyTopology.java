package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.anomaly.ForestScoreFunction;
import io.tidewatch.udfs.decode.Inbound;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features to anomaly scores, by models that are trained while the rows pass, and single
 * metrics of them and of latency windows, each by its own past ({@link SeriesStage}).
 *
 * <pre>
 *            rejected
 *               ▲
 *  source ── split ──(model key)───┐
 *                                  ├── forest ──▶ scores
 *  models ── split ──(model key)───┘      │  └──▶ models (told, and read back by models)
 *               ▼                         ▼
 *            rejected                  rejected
 * </pre>
 *
 * <p>Rows and models are keyed alike, so a model, the rows it learns from and what people ask of it
 * meet in one place. Scores of single metrics, and what is refused of latency windows, leave beside
 * these.
 */
public final class AnomalyTopology {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));
  private static final OutputTag<Rejected> REJECTED_MODELS =
      new OutputTag<>("rejected-models", TypeInformation.of(Rejected.class));

  /** Models come seldom, and one subtask keeps those of a key in order. */
  static final int MODELS_PARALLELISM = 1;

  private AnomalyTopology() {}

  /**
   * Everything that leaves the topology; a row that entered is in one of the first two, and may
   * have scores of single metrics too.
   *
   * @param rejectedLatency null where no latency windows are read
   */
  public record Streams(
      DataStream<AnomalyScore> scores,
      DataStream<Rejected> rejected,
      DataStream<ModelDocument> models,
      DataStream<Rejected> rejectedModels,
      @Nullable DataStream<Rejected> rejectedLatency) {}

  /**
   * @param source rows with event times and watermarks assigned
   * @param models what is told while the job runs, without event time and idle
   * @param selections the scored features of each telemetry model, by its name
   * @param knownAtStart artifacts by key of their model, for keys the state does not know
   * @param series what is scored by itself
   */
  public static Streams define(
      DataStream<Inbound<FeatureVector>> source,
      DataStream<Inbound<ModelUpdate>> models,
      Map<String, FeatureSelection> selections,
      ModelSettings settings,
      Map<String, byte[]> knownAtStart,
      SeriesStage.Input series) {
    var rows = split(source);
    var updates = splitModels(models);
    var scores = scores(rows, updates, selections, settings, knownAtStart);
    var single = SeriesStage.define(rows, series);
    DataStream<AnomalyScore> ofSeries = single.scores();
    return new Streams(
        ofSeries == null ? scores : scores.union(ofSeries),
        rows.getSideOutput(REJECTED),
        scores.getSideOutput(ForestScoreFunction.MODELS),
        updates
            .getSideOutput(REJECTED_MODELS)
            .union(scores.getSideOutput(ForestScoreFunction.REJECTED)),
        single.rejected());
  }

  private static SingleOutputStreamOperator<FeatureVector> split(
      DataStream<Inbound<FeatureVector>> source) {
    return SplitRejectedOperator.split(source, REJECTED, FeatureVector.class, AnomalyUids.SPLIT);
  }

  private static SingleOutputStreamOperator<ModelUpdate> splitModels(
      DataStream<Inbound<ModelUpdate>> models) {
    return SplitRejectedOperator.split(
            models, REJECTED_MODELS, ModelUpdate.class, AnomalyUids.MODELS_SPLIT)
        .setParallelism(MODELS_PARALLELISM);
  }

  private static SingleOutputStreamOperator<AnomalyScore> scores(
      DataStream<FeatureVector> rows,
      DataStream<ModelUpdate> updates,
      Map<String, FeatureSelection> selections,
      ModelSettings settings,
      Map<String, byte[]> knownAtStart) {
    ModelScope scope = settings.scope();
    return rows.connect(updates)
        .keyBy(
            vector -> scope.key(vector.model(), vector.deviceId()),
            ModelUpdate::modelKey,
            Types.STRING)
        .process(
            new ForestScoreFunction(selections, settings, knownAtStart),
            TypeInformation.of(AnomalyScore.class))
        .uid(AnomalyUids.FOREST)
        .name(AnomalyUids.FOREST);
  }
}
