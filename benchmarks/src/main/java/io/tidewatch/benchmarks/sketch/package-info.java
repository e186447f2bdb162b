/** {@code bench sketches}: JMH over quantile sketches. Imports analytics and other sketches. */
@NullMarked
package io.tidewatch.benchmarks.sketch;

import org.jspecify.annotations.NullMarked;
