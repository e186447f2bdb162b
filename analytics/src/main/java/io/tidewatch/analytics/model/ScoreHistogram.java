package io.tidewatch.analytics.model;

import io.tidewatch.analytics.window.Varint;
import io.tidewatch.schemas.derived.ScoreContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How scores are distributed: counts in {@value #BINS} bins of equal width over [0, 1], with sum
 * and sum of squares. Scores are in a known range and lie close together, so that bins of a fixed
 * width tell more of them than bins of a fixed ratio.
 *
 * <p>Quantiles and percentiles are within one bin, 0.002, of those of the scores themselves; count
 * is exact, mean and deviation up to rounding. 4 kB on the heap. As bytes: version (8 bits), sum
 * and sum of squares (64-bit doubles), then for each bin that is not empty how many bins further it
 * is than the one before, and its count ({@link Varint}); a day of scores takes some hundred bytes.
 * Mutable, not for use by several threads.
 */
public final class ScoreHistogram {
  static final int BINS = 500;

  private static final int VERSION = 1;

  private final long[] counts = new long[BINS];
  private long total;
  private double sum;
  private double sumOfSquares;

  /**
   * Adds a score.
   *
   * @throws IllegalArgumentException when it is not in [0, 1]
   */
  public void add(double score) {
    counts[bin(score)]++;
    total++;
    sum += score;
    sumOfSquares += score * score;
  }

  /** Adds all scores of another one, which stays as it is. */
  public void merge(ScoreHistogram other) {
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += other.counts[bin];
    }
    total += other.total;
    sum += other.sum;
    sumOfSquares += other.sumOfSquares;
  }

  /** How many scores there are. */
  public long total() {
    return total;
  }

  /**
   * What is to be said of the scores, and of one beside them.
   *
   * @param score in [0, 1]; {@code NaN} where there is none
   */
  public ScoreContext context(double score) {
    if (total == 0) {
      return ScoreContext.NONE;
    }
    double mean = sum / total;
    double variance = Math.max(0, sumOfSquares / total - mean * mean);
    return new ScoreContext(
        total,
        mean,
        Math.sqrt(variance),
        quantile(0.95),
        quantile(0.99),
        Double.isNaN(score) ? Double.NaN : percentile(score));
  }

  /** The upper end of the bin of the lower order statistic: no less than the quantile itself. */
  private double quantile(double q) {
    long rank = (long) Math.floor(q * (total - 1));
    long upTo = 0;
    int bin = 0;
    for (; bin < BINS - 1; bin++) {
      upTo += counts[bin];
      if (upTo > rank) {
        break;
      }
    }
    return (bin + 1.0) / BINS;
  }

  /** How many percent are below; of those in the same bin, half. */
  private double percentile(double score) {
    int of = bin(score);
    double below = counts[of] / 2.0;
    for (int bin = 0; bin < of; bin++) {
      below += counts[bin];
    }
    return 100 * below / total;
  }

  private static int bin(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score: must be in [0, 1], was " + score);
    }
    return Math.min((int) (score * BINS), BINS - 1);
  }

  /** As bytes; what is read of them is the same, bit for bit. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeDouble(sum);
      out.writeDouble(sumOfSquares);
      int last = -1;
      for (int bin = 0; bin < BINS; bin++) {
        if (counts[bin] > 0) {
          Varint.write(bin - last, out);
          Varint.write(counts[bin], out);
          last = bin;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IOException when they are of another version, cut off, or damaged; one line
   */
  public static ScoreHistogram fromBytes(byte[] bytes) throws IOException {
    ScoreHistogram histogram = new ScoreHistogram();
    try {
      histogram.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (EOFException e) {
      throw new IOException("scores: must not end within their counts, did", e);
    }
    return histogram;
  }

  private void read(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("scores: version must be %d, was %d".formatted(VERSION, version));
    }
    sum = in.readDouble();
    sumOfSquares = in.readDouble();
    if (!(sum >= 0 && sumOfSquares >= 0 && Double.isFinite(sum + sumOfSquares))) {
      throw new IOException(
          "scores: sums must be finite and ≥ 0, were %s and %s".formatted(sum, sumOfSquares));
    }
    long bin = -1;
    while (in.available() > 0) {
      long step = Varint.read(in);
      long count = Varint.read(in);
      bin += step;
      if (step < 1 || step > BINS || bin >= BINS || count < 1 || count > Long.MAX_VALUE - total) {
        throw new IOException(
            "scores: must be counts ≥ 1 of ascending bins below %d, was %d in bin %d"
                .formatted(BINS, count, bin));
      }
      counts[(int) bin] = count;
      total += count;
    }
  }
}
