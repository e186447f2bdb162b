package io.tidewatch.schemas.model;

import java.io.Serializable;

/**
 * How the values of one field are cleaned within a window, before features are computed of them:
 * first the outliers, then what is missing.
 *
 * @param missing what is put in place of a missing value
 * @param outliers which values are outliers, and what becomes of them
 */
public record Cleaning(MissingValues missing, OutlierRule outliers) implements Serializable {

  /** Values are taken as they are, missing ones are left out. */
  public static final Cleaning NONE = new Cleaning(MissingValues.DROP, OutlierRule.NONE);

  /** Whether it has to look at all values of a window together. */
  public boolean needsPoints() {
    return missing != MissingValues.DROP || outliers.method() != OutlierMethod.NONE;
  }
}
