package io.tidewatch.udfs.scale;

import io.tidewatch.analytics.scale.FeatureScaling;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ScalerCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.scale.Scaler;
import io.tidewatch.schemas.scale.ScalerUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts the scaled values beside the raw ones of each feature vector. A vector is scaled by one
 * scaler as a whole: the next vector of a device after an update has arrived here is scaled by the
 * new one. Subtasks may switch at different moments; vectors of one device are in one subtask. What
 * is repeated after a restart may be scaled by a newer version than the first time.
 *
 * <p>State: the last document of each model, as it came, and an empty one where it was taken away,
 * so that a restart does not take what was known before the start for news. Counters: {@code
 * tidewatch.scalers_switched_total}, {@code tidewatch.rows_scaled_total}, {@code
 * tidewatch.rows_raw_total}.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState() and open()
public final class ScaleFunction
    extends BroadcastProcessFunction<FeatureVector, ScalerUpdate, ScaledVector>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** The state; its name is a promise, see CHANGELOG. */
  public static final MapStateDescriptor<String, byte[]> SCALERS =
      new MapStateDescriptor<>(
          "scalers", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final byte[] TAKEN_AWAY = {};

  private final HashMap<String, ArrayList<String>> features = new HashMap<>();
  private final HashMap<String, byte[]> knownAtStart;
  private transient Map<String, FeatureScaling> scalings;
  private transient Counter switched;
  private transient Counter scaled;
  private transient Counter raw;

  /**
   * @param features names of the features of each model in the order of its vectors, by its name
   * @param knownAtStart documents by model, for models of which the state says nothing
   */
  public ScaleFunction(Map<String, List<String>> features, Map<String, byte[]> knownAtStart) {
    features.forEach((model, names) -> this.features.put(model, new ArrayList<>(names)));
    this.knownAtStart = new HashMap<>(knownAtStart);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    BroadcastState<String, byte[]> state =
        context.getOperatorStateStore().getBroadcastState(SCALERS);
    for (Map.Entry<String, byte[]> known : knownAtStart.entrySet()) {
      if (!state.contains(known.getKey())) {
        state.put(known.getKey(), known.getValue());
      }
    }
    scalings = new HashMap<>();
    for (Map.Entry<String, byte[]> stored : state.entries()) {
      use(stored.getKey(), stored.getValue());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // All that is to be kept is put into the state when it arrives.
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    switched = metrics.counter("scalers_switched_total");
    scaled = metrics.counter("rows_scaled_total");
    raw = metrics.counter("rows_raw_total");
  }

  @Override
  public void processBroadcastElement(
      ScalerUpdate update, Context context, Collector<ScaledVector> out) throws Exception {
    byte[] document = update.document() == null ? TAKEN_AWAY : update.document();
    use(update.model(), document);
    context.getBroadcastState(SCALERS).put(update.model(), document);
    switched.inc();
  }

  @Override
  public void processElement(
      FeatureVector vector, ReadOnlyContext context, Collector<ScaledVector> out) {
    FeatureScaling scaling = scalings.get(vector.model());
    if (scaling == null) {
      raw.inc();
      out.collect(ScaledVector.raw(vector));
    } else {
      scaled.inc();
      out.collect(new ScaledVector(vector, scaling.apply(vector.features()), scaling.version()));
    }
  }

  /** Makes the document ready, so that a vector costs its arithmetic only. */
  private void use(String model, byte[] document) {
    List<String> names = features.get(model);
    if (document.length == 0 || names == null) { // a model may be gone since the savepoint
      scalings.remove(model);
      return;
    }
    Decoded<Scaler> decoded = new ScalerCodec().decode(document);
    if (decoded instanceof Decoded.Refused<Scaler> refused) {
      throw new IllegalStateException(
          "scaler of model %s: must have been checked before, was refused: %s"
              .formatted(model, refused.detail()));
    }
    scalings.put(model, FeatureScaling.of(((Decoded.Ok<Scaler>) decoded).value(), names));
  }
}
