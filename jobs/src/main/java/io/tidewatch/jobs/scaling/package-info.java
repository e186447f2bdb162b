/** The stage that normalises feature vectors. Imports Flink's API, {@code udfs} and below. */
@NullMarked
package io.tidewatch.jobs.scaling;

import org.jspecify.annotations.NullMarked;
