/**
 * Alert rules: their conditions, the state machine of one series under one rule, and the events it
 * tells. Imports {@code analytics.feature}, {@code schemas.derived} and {@code schemas.model}.
 */
@NullMarked
package io.tidewatch.analytics.alert;

import org.jspecify.annotations.NullMarked;
