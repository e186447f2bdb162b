package io.tidewatch.schemas.derived;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature vector and, where its model has a scaler, the same normalised.
 *
 * @param vector the features in their own units
 * @param scaled one value a feature in the same order, without unit; {@code NaN} where there is
 *     none; null when the model has no scaler
 * @param scalerVersion by which all of {@code scaled} was computed; null when the model has none
 */
public record ScaledVector(
    FeatureVector vector, double @Nullable [] scaled, @Nullable String scalerVersion) {

  /** Of a model without scaler. */
  public static ScaledVector raw(FeatureVector vector) {
    return new ScaledVector(vector, null, null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScaledVector that
        && vector.equals(that.vector)
        && Arrays.equals(scaled, that.scaled)
        && Objects.equals(scalerVersion, that.scalerVersion);
  }

  @Override
  public int hashCode() {
    return Objects.hash(vector, Arrays.hashCode(scaled), scalerVersion);
  }

  @Override
  public String toString() {
    return "ScaledVector[%s, scaled %s by %s]"
        .formatted(vector, Arrays.toString(scaled), scalerVersion);
  }
}
