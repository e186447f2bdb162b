/**
 * {@code bench features}: what features by points and by time cost beside the job without them.
 * Imports variants, and plans, runs and results of {@code windows}.
 */
@NullMarked
package io.tidewatch.benchmarks.features;

import org.jspecify.annotations.NullMarked;
