/**
 * Rows to PostgreSQL, TimescaleDB and TDengine, messages to Kafka. Imports the connectors, the
 * drivers, Flyway, Jackson and SLF4J.
 */
@NullMarked
package io.tidewatch.jobs.sink;

import org.jspecify.annotations.NullMarked;
