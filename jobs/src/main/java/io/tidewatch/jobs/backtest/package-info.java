/**
 * Rules held against recorded input, by the operators of the jobs; nothing is sent anywhere.
 * Imports Flink's API, {@code jobs.alerting}, {@code jobs.anomaly}, {@code jobs.config}, {@code
 * jobs.latency}, {@code jobs.source}, {@code jobs.telemetry} and below.
 */
@NullMarked
package io.tidewatch.jobs.backtest;

import org.jspecify.annotations.NullMarked;
