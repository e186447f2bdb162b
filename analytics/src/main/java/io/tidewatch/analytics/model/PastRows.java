package io.tidewatch.analytics.model;

import io.tidewatch.schemas.derived.FeatureVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of one telemetry model that were stored, learnt as the stream would have learnt them: the
 * same rows are left out, and what is kept of a key is the same {@link DecayedReservoir}, a
 * function of the set of rows. So a model of stored rows is the one that the stream would have
 * trained behind the last of them.
 *
 * <p>Memory: as many rows as a history has, for each key.
 */
public final class PastRows {
  private final ModelSettings settings;
  private final FeatureSelection features;
  private final DecayedReservoir reservoir;
  private final SortedMap<String, Kept> byKey = new TreeMap<>();
  private long read;
  private long learnt;

  /**
   * @param features the scored features of the model
   */
  public PastRows(ModelSettings settings, FeatureSelection features) {
    this.settings = settings;
    this.features = features;
    this.reservoir = new DecayedReservoir(settings.history(), settings.forest().seed());
  }

  /** Takes a row, each at most once and in any order. */
  public void add(FeatureVector vector) {
    read++;
    double[] row = features.row(vector);
    if (settings.history().learns(vector, features, row)) {
      learnt++;
      byKey
          .computeIfAbsent(
              settings.scope().key(vector.model(), vector.deviceId()), key -> new Kept())
          .add(
              reservoir,
              reservoir.row(vector.deviceId(), vector.windowStartMs(), vector.windowEndMs(), row));
    }
  }

  /** How many rows there were. */
  public long read() {
    return read;
  }

  /** How many of them were learnt. */
  public long learnt() {
    return learnt;
  }

  /** Keys that have learnt a row, in their order; unmodifiable. */
  public List<String> keys() {
    return List.copyOf(byKey.keySet());
  }

  /** What is kept of a key, in no order; empty where nothing is. */
  public List<ReservoirRow> history(String modelKey) {
    Kept kept = byKey.get(modelKey);
    return kept == null ? List.of() : Collections.unmodifiableList(kept.rows);
  }

  /** The slots of one key. */
  private static final class Kept implements ReservoirSlots {
    private final List<ReservoirRow> rows = new ArrayList<>();

    void add(DecayedReservoir reservoir, ReservoirRow row) {
      try {
        reservoir.add(this, rows.size(), row);
      } catch (Exception e) {
        throw new IllegalStateException("a list on the heap does not fail", e);
      }
    }

    @Override
    public ReservoirRow get(int slot) {
      return rows.get(slot);
    }

    @Override
    public void put(int slot, ReservoirRow row) {
      if (slot == rows.size()) {
        rows.add(row);
      } else {
        rows.set(slot, row);
      }
    }
  }
}
