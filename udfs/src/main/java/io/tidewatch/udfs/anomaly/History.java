package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.model.DecayedReservoir;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.analytics.model.ReservoirSlots;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The rows a key may learn from, each under a number of its own. */
final class History implements ReservoirSlots {
  /** State name; a promise, see CHANGELOG. */
  static final String ROWS = "history";

  private final MapState<Integer, ReservoirRow> slots;
  private final DecayedReservoir reservoir;

  History(RuntimeContext context, ModelSettings settings) {
    slots =
        context.getMapState(
            new MapStateDescriptor<>(ROWS, Types.INT, TypeInformation.of(ReservoirRow.class)));
    reservoir = new DecayedReservoir(settings.history(), settings.forest().seed());
  }

  @Override
  public ReservoirRow get(int slot) throws Exception {
    return slots.get(slot);
  }

  @Override
  public void put(int slot, ReservoirRow row) throws Exception {
    slots.put(slot, row);
  }

  /**
   * Adds a row, or leaves it out.
   *
   * @param sampled rows there are
   * @return how many there are then
   */
  int add(FeatureVector vector, double[] row, int sampled) throws Exception {
    return reservoir.add(
        this,
        sampled,
        reservoir.row(vector.deviceId(), vector.windowStartMs(), vector.windowEndMs(), row));
  }

  /** All rows, in no order. */
  List<ReservoirRow> rows(int sampled) throws Exception {
    List<ReservoirRow> rows = new ArrayList<>(sampled);
    slots.values().forEach(rows::add);
    return rows;
  }

  void clear() {
    slots.clear();
  }
}
