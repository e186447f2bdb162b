/**
 * The mathematics: pure, deterministic, no clock, no I/O, no Flink. Imports the JDK, {@code
 * schemas}, the sketch library and commons-statistics.
 */
@NullMarked
package io.tidewatch.analytics;

import org.jspecify.annotations.NullMarked;
