/**
 * The stage that holds rules against what passes, shared by the jobs that alert, with its sources
 * and sinks, and the topic of rules as people use it. Imports Flink's API, Kafka's clients, {@code
 * jobs.config}, {@code jobs.sink}, {@code jobs.source}, {@code udfs} and below.
 */
@NullMarked
package io.tidewatch.jobs.alerting;

import org.jspecify.annotations.NullMarked;
