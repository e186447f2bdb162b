/**
 * One loader for all YAML of {@code flink-conf}: jobs, models, rules; and what a job that runs with
 * it would cost; rules as documents. Imports Jackson, SnakeYAML, {@code udfs.alert} and the records
 * it fills.
 */
@NullMarked
package io.tidewatch.jobs.config;

import org.jspecify.annotations.NullMarked;
