/** {@code bench windows}: plans the runs, starts each in its own JVM, reports. Imports variants. */
@NullMarked
package io.tidewatch.benchmarks.windows;

import org.jspecify.annotations.NullMarked;
