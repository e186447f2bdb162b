/**
 * Latency percentiles of one endpoint over one window, from a mergeable sketch with a bounded
 * relative error. Imports {@code analytics.window}, {@code schemas.event}, {@code schemas.model},
 * {@code schemas.derived} and the DDSketch library.
 */
@NullMarked
package io.tidewatch.analytics.quantile;

import org.jspecify.annotations.NullMarked;
