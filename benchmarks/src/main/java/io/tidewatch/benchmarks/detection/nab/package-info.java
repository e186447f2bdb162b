/**
 * The scoring rules of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, with the constants of
 * its public repository, numenta/NAB): rows and windows in, scores out. Imports nothing of ours; no
 * files.
 */
@NullMarked
package io.tidewatch.benchmarks.detection.nab;

import org.jspecify.annotations.NullMarked;
