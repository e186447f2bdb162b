/**
 * When people are told: alerts are grouped, and a group speaks at most once an interval. Pure; the
 * time is handed in.
 */
@NullMarked
package io.tidewatch.notifier.group;

import org.jspecify.annotations.NullMarked;
