/**
 * One loader for all YAML of {@code flink-conf}: jobs, models, rules. Imports Jackson and the
 * records it fills.
 */
@NullMarked
package io.tidewatch.jobs.config;

import org.jspecify.annotations.NullMarked;
