/**
 * {@code bench alerts}: how long an alert takes to its topic at half of what the telemetry job can
 * do, and a storm of alerts through job and notifier. Imports jobs, notifier and embedded.
 */
@NullMarked
package io.tidewatch.benchmarks.alerts;

import org.jspecify.annotations.NullMarked;
