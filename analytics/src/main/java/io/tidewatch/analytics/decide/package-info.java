/**
 * From scores to decisions: which score is worth a message. Small rules, each of its own; they know
 * no detector and no forest. Which of them stand behind which score: ADR 23.
 *
 * <ul>
 *   <li>{@link io.tidewatch.analytics.decide.ThresholdRule}: from which score on a model is
 *       surprised, by the scores of its training; {@link
 *       io.tidewatch.analytics.decide.TailThreshold}: by those of its last day
 *   <li>{@link io.tidewatch.analytics.decide.DeviationRule}: how far from what was expected, and
 *       which way
 *   <li>{@link io.tidewatch.analytics.decide.Cooldown}, {@link
 *       io.tidewatch.analytics.decide.EpisodeRule}: what goes on is told once
 *   <li>{@link io.tidewatch.analytics.decide.SeverityRule}: how bad it is
 * </ul>
 *
 * <p>Imports the JDK, {@code analytics.window.Varint} and {@code schemas.derived}.
 */
@NullMarked
package io.tidewatch.analytics.decide;

import org.jspecify.annotations.NullMarked;
