/**
 * {@code bench windows}: plans the runs, starts each in its own JVM, reports. Imports variants.
 * {@code features} and {@code keys} have their runs from here.
 */
@NullMarked
package io.tidewatch.benchmarks.windows;

import org.jspecify.annotations.NullMarked;
