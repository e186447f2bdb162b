/**
 * {@code bench pipeline}: whole jobs from Kafka to PostgreSQL, and what is left when a stage is
 * left out. Imports jobs, embedded and the messages of {@code decode}.
 */
@NullMarked
package io.tidewatch.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
