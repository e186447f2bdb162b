/**
 * What alerts see of the records of a job, and the events they tell. Imports the packages below it,
 * {@code analytics.feature}, {@code analytics.quantile}, {@code schemas.derived} and {@code
 * schemas.model}.
 */
@NullMarked
package io.tidewatch.analytics.alert;

import org.jspecify.annotations.NullMarked;
