/**
 * The life of the models of a stream: which rows they are trained from, when, what their scores are
 * held against, and which of them may be used. Imports the JDK, {@code analytics.decide}, {@code
 * analytics.forest}, {@code analytics.window.Varint} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.analytics.model;

import org.jspecify.annotations.NullMarked;
