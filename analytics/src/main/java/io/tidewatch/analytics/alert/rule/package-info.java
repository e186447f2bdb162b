/**
 * Alert rules as people write them: durations, templates, mutes, and what each may say. Imports
 * {@code analytics.alert.expr} and the line for a person ({@code DetailLine}).
 */
@NullMarked
package io.tidewatch.analytics.alert.rule;

import org.jspecify.annotations.NullMarked;
