/**
 * Rows to PostgreSQL and TimescaleDB, messages to Kafka. Imports the connectors, Flyway and
 * Jackson.
 */
@NullMarked
package io.tidewatch.jobs.sink;

import org.jspecify.annotations.NullMarked;
