package io.tidewatch.schemas.derived;

import org.jspecify.annotations.Nullable;

/**
 * The model at the time of a row.
 *
 * @param state whether there is one
 * @param version of the model; null when there is none
 * @param rows how many rows it has learnt from, or waits with, at most {@code rowsNeeded}
 * @param rowsNeeded how many the first training waits for
 */
public record ModelStatus(ModelState state, @Nullable String version, long rows, long rowsNeeded) {}
