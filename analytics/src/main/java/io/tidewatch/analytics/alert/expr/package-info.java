/**
 * The language of alert conditions: reading, and judging one record of one series. Of the project
 * it imports the line for a person ({@code DetailLine}) and nothing else.
 */
@NullMarked
package io.tidewatch.analytics.alert.expr;

import org.jspecify.annotations.NullMarked;
