/**
 * From scores to decisions: which score is worth a message. Small rules, each of its own; they know
 * no detector. Imports the JDK and {@code analytics.window.Varint}.
 */
@NullMarked
package io.tidewatch.analytics.decide;

import org.jspecify.annotations.NullMarked;
