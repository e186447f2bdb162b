package io.tidewatch.analytics.window;

/**
 * Decides whether adding up in a buffer pays, before sending or before the state is touched: it
 * measures how many records become one partial, and where keys hardly repeat within a pane it lets
 * records pass as they are for a while. What is decided changes costs only, never results.
 *
 * <p>A partial costs about as much as two or three records to make and to send, so two records a
 * partial is where it begins to pay. In front of the state it costs a place in the buffer, one
 * access to the state, and a merge if the pane is there already: no less. A sample is taken anew
 * after a pause as long as {@value #PAUSE} times its partials, which keeps what the samples cost
 * below a few percent.
 */
public final class Bypass {
  /** Below so many records a partial, records pass. */
  static final double LEAST_REDUCTION = 2;

  /**
   * Partials that are enough to judge by: less than the keys of a busy subtask, more than chance.
   */
  static final int SAMPLE = 1024;

  /** Records that pass for each partial of a sample that did not pay. */
  static final int PAUSE = 128;

  private long records;
  private long partials;
  private long toPass;
  private double reduction = Double.NaN;

  /** Whether this record shall pass; asked once a record. */
  public boolean passes() {
    if (toPass > 0) {
      toPass--;
      return true;
    }
    return false;
  }

  /** Tells that a record was added up. */
  public void added() {
    records++;
  }

  /** Tells that a partial was sent, or moved to the state. */
  public void sent() {
    partials++;
  }

  /**
   * Judges what was sent since the last judgement, if it is enough. To be called when panes were
   * sent because they were complete or the buffer full, not because something else made it
   * necessary: that would look as if keys did not repeat.
   */
  public void judge() {
    if (partials < SAMPLE) {
      return;
    }
    reduction = (double) records / partials;
    if (reduction < LEAST_REDUCTION) {
      toPass = partials * PAUSE;
    }
    records = 0;
    partials = 0;
  }

  /** Records a partial in the last sample; {@code NaN} before the first. */
  public double reduction() {
    return reduction;
  }
}
