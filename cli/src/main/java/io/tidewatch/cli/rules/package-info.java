/**
 * {@code tidewatch rules}: checks rule files and runs their unit tests, in the shape of Prometheus'
 * promtool. Imports picocli, {@code jobs.config} and {@code analytics.alert}.
 */
@NullMarked
package io.tidewatch.cli.rules;

import org.jspecify.annotations.NullMarked;
