package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.exact.ExactMoments;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.SummaryFeature;
import io.tidewatch.analytics.window.HeapBytes;
import io.tidewatch.schemas.model.TelemetryModel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moments and extremes of each field over the records of a pane, mergeable, and but for the
 * extremes subtractable. A value that is not finite is missing: it changes nothing but the number
 * of records.
 *
 * <p>Count, min and max are exact; so are the sums of values and squares inside, {@link
 * ExactMoments}. So all features are functions of the records alone: the same to the last bit in
 * whatever order they came, however they were cut into panes, merged and subtracted. An offset does
 * not eat the deviation, and a column of equal values has deviation 0 exactly.
 *
 * <p>Error: mean and deviation are within one unit in the last place of the exact value. A
 * deviation that does not fit a double is {@code NaN}; a mean always fits.
 *
 * <p>Memory: 96 bytes a field while its values are 0 or of 2^-14 to 2^18, 24 more for each 32 bits
 * that the values of any field lie beyond. A client that may send all magnitudes of a double can
 * make it 1,680 bytes a field; the valid ranges of a model keep it from that. Mutable, not for use
 * by several threads; what does not change it may be called by several.
 */
public final class FeaturePane implements DevicePane {

  /**
   * Most fields of a model: a pane of usual values stays below 400 kB. Devices send tens of fields;
   * more than this is a mistake in a model or in the bytes.
   */
  public static final int MAX_FIELDS = 4096;

  private static final List<SummaryFeature> DEFAULTS =
      TelemetryModel.DEFAULT_FEATURES.stream()
          .map(FeatureRegistry::get)
          .map(SummaryFeature.class::cast)
          .toList();

  private static final SummaryFeature MISSING_RATIO = FeatureRegistry.ALWAYS.get(0);

  private final ExactMoments moments;
  private final Extremes extremes;
  private long records;

  /**
   * An empty pane.
   *
   * @param fields number of fields, 0 to {@link #MAX_FIELDS}
   */
  public FeaturePane(int fields) {
    this(0, ExactMoments.ofSumsAndSquares(checkedFields(fields)), new Extremes(fields));
  }

  /** Takes both over. */
  FeaturePane(long records, ExactMoments moments, Extremes extremes) {
    this.records = records;
    this.moments = moments;
    this.extremes = extremes;
  }

  static int checkedFields(int fields) {
    if (fields < 0 || fields > MAX_FIELDS) {
      throw new IllegalArgumentException("fields: must be 0 to " + MAX_FIELDS + ", was " + fields);
    }
    return fields;
  }

  /** Heap of a pane of so many fields. */
  static HeapBytes heapBytes(int fields) {
    return ExactMoments.heapBytesOfSumsAndSquares(fields)
        .plus(Extremes.heapBytes(fields))
        .plus(HeapBytes.ofObject(2 * HeapBytes.REFERENCE + Long.BYTES));
  }

  /** Number of fields. */
  public int fields() {
    return moments.columns();
  }

  @Override
  public long records() {
    return records;
  }

  /**
   * Adds one record. A pane from before its model was given further fields grows by them.
   *
   * @param values one a field; not finite is missing, and so are values of fields at the end that
   *     the record does not have
   */
  public void add(double[] values) {
    if (values.length > fields()) {
      moments.growTo(checkedFields(values.length));
      extremes.growTo(values.length);
    }
    records++;
    moments.add(values);
    extremes.add(values);
  }

  @Override
  public void add(long timeMs, double[] values) {
    add(values);
  }

  @Override
  public void merge(DevicePane from) {
    merge(from.summary());
  }

  /**
   * Adds all that {@code from} holds of the fields of this pane; {@code from} stays as it is and
   * may be this very pane. Fields that {@code from} does not have are missing in its records.
   */
  public void merge(FeaturePane from) {
    records += from.records;
    moments.merge(from.moments);
    extremes.merge(from.extremes);
  }

  /**
   * Takes out the records of another pane, all of which were added to this one before. What is left
   * does not tell which of its values are the least and the greatest: {@link #min} and {@link #max}
   * stay as they were, but for fields without a value left.
   *
   * @throws IllegalArgumentException when the part cannot have been added before
   */
  public void subtract(FeaturePane part) {
    if (part.records > records) {
      throw new IllegalArgumentException(
          "part: must be of at most %d records, was of %d".formatted(records, part.records));
    }
    moments.subtract(part.moments);
    records -= part.records;
    for (int field = 0; field < fields(); field++) {
      if (moments.count(field) == 0) {
        extremes.forget(field);
      }
    }
  }

  /** Sets what {@link #subtract} does not know. */
  void extremes(Extremes ofTheRecordsLeft) {
    extremes.set(ofTheRecordsLeft);
  }

  /** How many values of the field are not missing. */
  public double count(int field) {
    return moments.count(field);
  }

  /** Arithmetic mean; {@code NaN} without a value. */
  public double mean(int field) {
    return moments.mean(field);
  }

  /** Sample standard deviation (n − 1); {@code NaN} below two values. */
  public double sampleDeviation(int field) {
    return moments.sampleDeviation(field);
  }

  /** Least value; {@code NaN} without a value. */
  public double min(int field) {
    return count(field) == 0 ? Double.NaN : extremes.min(field);
  }

  /** Greatest value; {@code NaN} without a value. */
  public double max(int field) {
    return count(field) == 0 ? Double.NaN : extremes.max(field);
  }

  /** The features of a model that does not choose, and no others: field by field. */
  public double[] features() {
    double[] features = new double[fields() * DEFAULTS.size()];
    int next = 0;
    for (int field = 0; field < fields(); field++) {
      SummaryColumn column = new SummaryColumn(this, field);
      for (SummaryFeature feature : DEFAULTS) {
        features[next++] = feature.of(column);
      }
    }
    return features;
  }

  /** Share of the records in which the field is missing; {@code NaN} without a record. */
  public double missingRatio(int field) {
    return MISSING_RATIO.of(new SummaryColumn(this, field));
  }

  @Override
  public FeaturePane summary() {
    return this;
  }

  @Override
  public FeaturePane copy() {
    return new FeaturePane(records, moments.copy(), extremes.copy());
  }

  ExactMoments moments() {
    return moments;
  }

  Extremes extremes() {
    return extremes;
  }

  /** Whether it is of the same records, as far as a pane tells them apart. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeaturePane that
        && records == that.records
        && extremes.isSame(that.extremes)
        && moments.equals(that.moments);
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(records) * 31 + extremes.hash()) * 31 + moments.hashCode();
  }

  @Override
  public String toString() {
    return "FeaturePane[records=%d %s]".formatted(records, Arrays.toString(features()));
  }
}
