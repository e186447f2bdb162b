package io.tidewatch.analytics.quantile;

/**
 * A {@link QuantileSketch} from which values can be taken back, in any order and even before they
 * were added: what SQL asks of an aggregate whose input is corrected, or over a frame of rows that
 * moves.
 *
 * <p>Bins and counts are those of the values that were added and not taken back, whatever the
 * order, and so are quantiles within their 1 %. Bins do not tell which value left is the greatest:
 * it is exact while nothing was ever taken back, and within 1 % from then on, the value that stands
 * for the last bin.
 *
 * <p>What is taken back before it was added is owed: it is in no result, and cancels the value of
 * its bin when that comes.
 *
 * <p>Memory: that of a {@link QuantileSketch}, and of a second one of the values owed. Mutable, not
 * for use by several threads.
 */
public final class RetractableSketch {
  private final QuantileSketch kept;
  private final QuantileSketch owed;

  /** Whether anything was ever taken back. */
  private boolean retracted;

  /** Without values. */
  public RetractableSketch() {
    this(new QuantileSketch(), new QuantileSketch(), false);
  }

  /** Takes both over; they share no bin. */
  RetractableSketch(QuantileSketch kept, QuantileSketch owed, boolean retracted) {
    this.kept = kept;
    this.owed = owed;
    this.retracted = retracted;
  }

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException when it is negative, infinite or {@code NaN}; nothing has
   *     changed then
   */
  public void add(double value) {
    if (!retracted || !owed.takeOut(value)) {
      kept.add(value);
    }
  }

  /**
   * Takes one value back.
   *
   * @throws IllegalArgumentException when it is negative, infinite or {@code NaN}; nothing has
   *     changed then
   */
  public void retract(double value) {
    if (!kept.takeOut(value)) {
      owed.add(value);
    }
    retracted = true;
  }

  /** Adds all values of a sketch, which stays as it is. */
  public void add(QuantileSketch part) {
    kept.merge(part);
    settle();
  }

  /** Takes back all values of a sketch, which stays as it is. */
  public void retract(QuantileSketch part) {
    owed.merge(part);
    retracted = true;
    settle();
  }

  /** Adds all that was added to another and takes back what was taken back from it. */
  public void merge(RetractableSketch from) {
    kept.merge(from.kept);
    owed.merge(from.owed);
    retracted |= from.retracted;
    settle();
  }

  private void settle() {
    if (retracted) {
      kept.settle(owed);
    }
  }

  /** The values added and not taken back; not to be changed, and of use until this is. */
  public QuantileSketch sketch() {
    if (retracted) {
      kept.greatestOfBins();
    }
    return kept;
  }

  /** What was taken back and is still to come; not to be changed. */
  QuantileSketch owed() {
    owed.greatestOfBins();
    return owed;
  }

  boolean retracted() {
    return retracted;
  }

  /** An independent copy. */
  public RetractableSketch copy() {
    return new RetractableSketch(kept.copy(), owed.copy(), retracted);
  }

  @Override
  public String toString() {
    return "RetractableSketch[%s owed=%d]".formatted(sketch(), owed.count());
  }
}
