package io.tidewatch.analytics.feature.registry;

/** One field in one window after cleaning: what the window knows of it however it is held. */
public interface Column {

  /** How many records the window has, with a value or without; at least 1. */
  long records();

  /** In how many of them the value was missing before cleaning. */
  long missing();

  /** How many values were outliers. */
  long outliers();

  /** How many values cleaning put in place of missing and removed ones. */
  long imputed();

  /** How many values there are after cleaning. */
  long count();

  /** Arithmetic mean; {@code NaN} without a value. */
  double mean();

  /** Sample standard deviation (n − 1); {@code NaN} below two values. */
  double sampleDeviation();

  /** Root of the mean of the squares; {@code NaN} without a value. */
  double rootMeanSquare();

  /** Least value; {@code NaN} without a value. */
  double min();

  /** Greatest value; {@code NaN} without a value. */
  double max();
}
