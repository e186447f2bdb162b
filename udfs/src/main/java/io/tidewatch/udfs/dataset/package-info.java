/**
 * The functions of the data set job: selects stored readings, makes rows of them in Flink's batch
 * mode, and puts these in order. Imports Flink's API, {@code analytics} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.dataset;

import org.jspecify.annotations.NullMarked;
