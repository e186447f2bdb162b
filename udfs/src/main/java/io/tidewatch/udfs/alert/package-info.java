/**
 * Alert rules as a Flink function. Imports Flink's API, {@code analytics.alert} and {@code
 * schemas}.
 */
@NullMarked
package io.tidewatch.udfs.alert;

import org.jspecify.annotations.NullMarked;
