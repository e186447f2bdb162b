/**
 * Rules held against recorded input on the command line. Imports picocli, Flink's API, {@code
 * jobs}, {@code embedded} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.cli.backtest;

import org.jspecify.annotations.NullMarked;
