/**
 * {@code bench detection}: how well anomalies are found, by the rules of public benchmarks. Files
 * are read in {@code detection.input}, NAB's rules are in {@code detection.nab}. Imports analytics.
 */
@NullMarked
package io.tidewatch.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
