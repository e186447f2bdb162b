/**
 * {@code bench retrain}: how long a row waits while the forests of the anomaly job are trained in
 * its way. Imports the topology of the job and Flink's API.
 */
@NullMarked
package io.tidewatch.benchmarks.retrain;

import org.jspecify.annotations.NullMarked;
