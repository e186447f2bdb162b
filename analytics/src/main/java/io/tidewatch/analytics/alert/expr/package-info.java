/**
 * The language of alert conditions: reading, and judging one record of one series. Imports nothing
 * of the project.
 */
@NullMarked
package io.tidewatch.analytics.alert.expr;

import org.jspecify.annotations.NullMarked;
