/**
 * The life of an alert: one pure state machine for a rule and a series, and one for all rules of a
 * series, which hide one another. Imports {@code analytics.alert.expr}, {@code
 * analytics.alert.rule} and {@code schemas.derived}.
 */
@NullMarked
package io.tidewatch.analytics.alert.life;

import org.jspecify.annotations.NullMarked;
