/**
 * What stands before the mathematics: the judgement of event times and of values outside their
 * valid range, and the cleaning of the values of a window. Imports {@code analytics.exact}, {@code
 * schemas.event}, {@code schemas.model} and {@code schemas.reject}.
 */
@NullMarked
package io.tidewatch.analytics.clean;

import org.jspecify.annotations.NullMarked;
