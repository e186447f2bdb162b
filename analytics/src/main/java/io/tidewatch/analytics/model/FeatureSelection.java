package io.tidewatch.analytics.model;

import io.tidewatch.schemas.derived.FeatureVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The features of a model that are scored. Left out are features by their name in the registry, of
 * all fields: how many records came, or how many were missing, tells of the way to the pipeline
 * rather than of the device, and where it has never varied, the first lost record would be the
 * greatest anomaly there is.
 */
public final class FeatureSelection implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String IMPUTED = "_imputed_ratio";

  private final ArrayList<String> features = new ArrayList<>();
  private final int[] places;
  private final int[] imputed;
  private final long fingerprint;

  private FeatureSelection(List<String> names, int[] places, int[] imputed) {
    for (int place : places) {
      features.add(names.get(place));
    }
    this.places = places;
    this.imputed = imputed;
    this.fingerprint = SeededHash.of(0, String.join("\n", features), features.size(), 0);
  }

  /**
   * @param names of all features of the model, in the order of its vectors
   * @param leftOut names of features in the registry, such as {@code count}
   * @throws IllegalArgumentException when none is left
   */
  public static FeatureSelection of(List<String> names, Set<String> leftOut) {
    List<Integer> places = new ArrayList<>();
    List<Integer> imputed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (leftOut.stream().noneMatch(out -> name.equals(out) || name.endsWith("_" + out))) {
        places.add(i);
      }
      if (name.endsWith(IMPUTED)) {
        imputed.add(i);
      }
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException(
          "features.leave_out: must leave a feature, left none of " + names);
    }
    return new FeatureSelection(names, array(places), array(imputed));
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Names of the scored features, in the order of a row; unmodifiable. */
  public List<String> features() {
    return List.copyOf(features);
  }

  /** Tells lists of features apart: another list has another number, but for one in 2^64. */
  public long fingerprint() {
    return fingerprint;
  }

  /** The scored values of a vector; {@code NaN} where one is missing. */
  public double[] row(FeatureVector vector) {
    double[] row = new double[places.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = vector.features()[places[i]];
    }
    return row;
  }

  /**
   * The share of values that were put in place of missing ones, of the field that has most of them;
   * 0 to 1, 0 where nobody counted.
   */
  public double imputedRatio(FeatureVector vector) {
    double most = 0;
    for (int place : imputed) {
      if (vector.features()[place] > most) {
        most = vector.features()[place];
      }
    }
    return most;
  }
}
