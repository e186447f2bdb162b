/**
 * What all streaming jobs do between their command line and Flink: the configuration, and the state
 * they are to go on from, held against the job. Imports {@code jobs.config} and Flink.
 */
@NullMarked
package io.tidewatch.jobs.submit;

import org.jspecify.annotations.NullMarked;
