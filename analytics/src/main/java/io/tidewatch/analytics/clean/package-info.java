/**
 * What stands before the mathematics: the judgement of event times and of values outside their
 * valid range. Imports {@code schemas.event}, {@code schemas.model} and {@code schemas.reject}.
 */
@NullMarked
package io.tidewatch.analytics.clean;

import org.jspecify.annotations.NullMarked;
