/**
 * Limits the number of endpoints. Imports Flink's API, {@code analytics.endpoint}, {@code
 * analytics.quantile} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.endpoint;

import org.jspecify.annotations.NullMarked;
