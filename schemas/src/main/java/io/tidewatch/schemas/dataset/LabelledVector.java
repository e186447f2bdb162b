package io.tidewatch.schemas.dataset;

import io.tidewatch.schemas.derived.FeatureVector;
import org.jspecify.annotations.Nullable;

/**
 * One window of a data set, not scaled.
 *
 * @param vector its features, as the live job tells them
 * @param createdMs since when all of its records are known, milliseconds since the epoch; its end
 *     where the source does not say
 * @param label its class; null where none of its records has one
 */
public record LabelledVector(FeatureVector vector, long createdMs, @Nullable String label) {}
