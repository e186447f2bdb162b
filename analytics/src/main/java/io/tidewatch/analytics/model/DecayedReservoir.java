package io.tidewatch.analytics.model;

/**
 * A sample without replacement of all rows of a stream in which new rows are likelier than old
 * ones: weights double each half-life of event time.
 *
 * <p>Weighted sampling by keys (P. S. Efraimidis, P. G. Spirakis, "Weighted random sampling with a
 * reservoir", Information Processing Letters 97(5), 2006, algorithm A-Res) with the exponential
 * weights of forward decay (G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, "Forward Decay", ICDE
 * 2009). The key {@code u^(1/w)} is taken twice through a logarithm, which keeps its order: {@code
 * λ·t − ln(−ln u)}. So no weight ever overflows and no row is weighed anew as time goes on.
 *
 * <p>{@code u} is a hash of the row. What is kept is therefore a function of the set of rows, not
 * of the order in which they came: the same rows give the same history.
 *
 * <p>The rows form a heap in their slots, that of least priority first. A full history compares a
 * row with the first slot and mostly leaves it at that; one that is kept moves at most {@code
 * log2(rows)} others.
 */
public final class DecayedReservoir {
  private final int capacity;
  private final double lambdaPerMs;
  private final long seed;

  /**
   * @param seed of the chance by which rows are kept
   */
  public DecayedReservoir(HistoryRule rule, long seed) {
    this.capacity = rule.rows();
    this.lambdaPerMs = StrictMath.log(2) / rule.halfLife().toMillis();
    this.seed = seed;
  }

  /** A row as it competes for a place. */
  public ReservoirRow row(String deviceId, long windowStartMs, long windowEndMs, double[] values) {
    double u = SeededHash.uniform(SeededHash.of(seed, deviceId, windowStartMs, windowEndMs));
    double priority = lambdaPerMs * windowEndMs - StrictMath.log(-StrictMath.log(u));
    return new ReservoirRow(priority, windowEndMs, values);
  }

  /**
   * Adds a row, or leaves it out.
   *
   * @param filled how many slots hold a row: the first ones
   * @return how many do then
   */
  public int add(ReservoirSlots slots, int filled, ReservoirRow row) throws Exception {
    if (filled < capacity) {
      up(slots, filled, row);
      return filled + 1;
    }
    if (row.priority() > slots.get(0).priority()) {
      down(slots, filled, row);
    }
    return filled;
  }

  private static void up(ReservoirSlots slots, int from, ReservoirRow row) throws Exception {
    int slot = from;
    while (slot > 0) {
      int parent = (slot - 1) / 2;
      ReservoirRow above = slots.get(parent);
      if (above.priority() <= row.priority()) {
        break;
      }
      slots.put(slot, above);
      slot = parent;
    }
    slots.put(slot, row);
  }

  private static void down(ReservoirSlots slots, int filled, ReservoirRow row) throws Exception {
    int slot = 0;
    while (2 * slot + 1 < filled) {
      int child = 2 * slot + 1;
      ReservoirRow below = slots.get(child);
      if (child + 1 < filled) {
        ReservoirRow right = slots.get(child + 1);
        if (right.priority() < below.priority()) {
          child++;
          below = right;
        }
      }
      if (row.priority() <= below.priority()) {
        break;
      }
      slots.put(slot, below);
      slot = child;
    }
    slots.put(slot, row);
  }
}
