/** The latency job: API requests to percentiles per sliding window, and alerts on them. */
@NullMarked
package io.tidewatch.jobs.latency;

import org.jspecify.annotations.NullMarked;
