/**
 * The functions of the data set job: selects stored readings, and makes rows of them in Flink's
 * batch mode. Imports Flink's API, {@code analytics} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.dataset;

import org.jspecify.annotations.NullMarked;
