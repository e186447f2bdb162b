/**
 * State of many keys: what one costs, and that nothing is left of it. Imports Flink's internals.
 */
@NullMarked
package io.tidewatch.benchmarks.keys;

import org.jspecify.annotations.NullMarked;
