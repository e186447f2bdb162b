package io.tidewatch.jobs.scaling;

import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.decode.Inbound;
import io.tidewatch.udfs.decode.SplitRejectedOperator;
import io.tidewatch.udfs.scale.ScaleFunction;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.OutputTag;

/**
 * Puts scaled values beside the raw ones.
 *
 * <pre>
 *  features ─────────────────────────┐
 *                                    ├─ scale ──▶ vectors
 *  scalers ── split ──(broadcast)────┘
 *               │
 *               ▼
 *            rejected
 * </pre>
 *
 * <p>Vectors stay where they are, nothing is shuffled: those of one device come from one subtask
 * and go through one. The scalers have no event time; nothing behind this stage may ask for it.
 */
public final class ScalingStage {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected-scalers", TypeInformation.of(Rejected.class));

  /** Scalers come seldom, and one subtask keeps those of a model in order. */
  public static final int SCALERS_PARALLELISM = 1;

  private ScalingStage() {}

  /** Everything that leaves the stage. */
  public record Streams(DataStream<ScaledVector> vectors, DataStream<Rejected> rejected) {}

  /**
   * @param scalers what is told while the job runs
   * @param features names of the features of each model in the order of its vectors, by its name
   * @param knownAtStart documents of scalers by model, for those the state does not know
   */
  public static Streams define(
      DataStream<FeatureVector> vectors,
      DataStream<Inbound<ScalerUpdate>> scalers,
      Map<String, List<String>> features,
      Map<String, byte[]> knownAtStart,
      String splitUid,
      String scaleUid) {
    var updates =
        SplitRejectedOperator.split(scalers, REJECTED, ScalerUpdate.class, splitUid)
            .setParallelism(SCALERS_PARALLELISM);
    var scaled =
        vectors
            .connect(updates.broadcast(ScaleFunction.SCALERS))
            .process(
                new ScaleFunction(features, knownAtStart), TypeInformation.of(ScaledVector.class))
            .uid(scaleUid)
            .name(scaleUid);
    return new Streams(scaled, updates.getSideOutput(REJECTED));
  }
}
