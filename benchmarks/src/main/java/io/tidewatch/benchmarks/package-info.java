/**
 * What windows, sketches, decoders, jobs, keys and features cost, and how well anomalies are found:
 * {@code tidewatch bench}. May import every room and what they are measured against; nothing may
 * import it.
 */
@NullMarked
package io.tidewatch.benchmarks;

import org.jspecify.annotations.NullMarked;
