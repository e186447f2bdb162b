/**
 * Models of the anomaly job trained from what is stored, before a row has passed. Imports {@code
 * analytics.model}, {@code jobs.anomaly}, {@code jobs.dataset}, {@code jobs.config} and a database.
 */
@NullMarked
package io.tidewatch.jobs.bootstrap;

import org.jspecify.annotations.NullMarked;
