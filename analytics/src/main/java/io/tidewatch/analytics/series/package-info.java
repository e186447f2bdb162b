/**
 * Single metrics of devices and endpoints as series of numbers: which are chosen, how many there
 * may be, and what is told of a row. Imports the JDK, {@code analytics.alert.LatencySeries}, {@code
 * analytics.decide}, {@code analytics.detect}, {@code analytics.feature}, {@code
 * analytics.window.Varint} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.analytics.series;

import org.jspecify.annotations.NullMarked;
