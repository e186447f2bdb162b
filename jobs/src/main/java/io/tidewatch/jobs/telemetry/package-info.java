/** The telemetry job: device readings to features per sliding window, and alerts on them. */
@NullMarked
package io.tidewatch.jobs.telemetry;

import org.jspecify.annotations.NullMarked;
