/**
 * The mathematics: pure, deterministic, no clock, no I/O, no Flink. Imports the JDK, {@code
 * schemas} and the sketch library.
 */
@NullMarked
package io.tidewatch.analytics;

import org.jspecify.annotations.NullMarked;
