/**
 * Normalises feature vectors by scalers that arrive while it runs. Imports Flink's API, {@code
 * analytics.scale} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.scale;

import org.jspecify.annotations.NullMarked;
