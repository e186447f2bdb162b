/**
 * Features of one device over one window: mean, deviation and extremes of each field, computed pane
 * by pane. Imports {@code analytics.window}, {@code schemas.event}, {@code schemas.model} and
 * {@code schemas.derived}.
 */
@NullMarked
package io.tidewatch.analytics.feature;

import org.jspecify.annotations.NullMarked;
