/**
 * Rows to PostgreSQL and TimescaleDB, messages to Kafka. Imports the connectors, Flyway, Jackson
 * and SLF4J.
 */
@NullMarked
package io.tidewatch.jobs.sink;

import org.jspecify.annotations.NullMarked;
