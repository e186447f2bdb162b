/** {@code bench forest}: JMH over isolation forests. Imports analytics, its engines and others. */
@NullMarked
package io.tidewatch.benchmarks.forest;

import org.jspecify.annotations.NullMarked;
