/**
 * What the process tells of itself: Prometheus metrics, health. Imports Prometheus' Java client.
 */
@NullMarked
package io.tidewatch.notifier.metrics;

import org.jspecify.annotations.NullMarked;
