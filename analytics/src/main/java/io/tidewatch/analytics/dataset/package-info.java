/**
 * Training data sets: which rows are for training and which for validation, whether one tells of
 * the other, and statistics of the columns. Imports {@code schemas.dataset} and commons-statistics.
 */
@NullMarked
package io.tidewatch.analytics.dataset;

import org.jspecify.annotations.NullMarked;
