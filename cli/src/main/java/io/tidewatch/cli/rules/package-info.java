/**
 * {@code tidewatch rules}: checks rule files and runs their unit tests, in the shape of Prometheus'
 * promtool; tells rules to the jobs that run, and lists them. Imports picocli, {@code jobs}, {@code
 * analytics.alert} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.cli.rules;

import org.jspecify.annotations.NullMarked;
