/** Kafka in: bytes to records with event time, or to refusals. Imports the Kafka connector. */
@NullMarked
package io.tidewatch.jobs.source;

import org.jspecify.annotations.NullMarked;
