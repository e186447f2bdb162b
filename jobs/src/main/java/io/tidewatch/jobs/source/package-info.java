/**
 * Kafka in: bytes to records with event time, or to refusals. Imports the Kafka connector, and for
 * the schema registry the HTTP client of the JDK and Jackson.
 */
@NullMarked
package io.tidewatch.jobs.source;

import org.jspecify.annotations.NullMarked;
