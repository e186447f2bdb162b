/**
 * Sums of doubles without rounding: the same in whatever order and grouping, and subtracted again
 * without a trace. Imports {@code analytics.window}, for the bytes of numbers.
 */
@NullMarked
package io.tidewatch.analytics.exact;

import org.jspecify.annotations.NullMarked;
