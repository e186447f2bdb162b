/**
 * What the pipeline makes of the events: feature vectors, latency windows, alert events. Imports
 * the JDK only.
 */
@NullMarked
package io.tidewatch.schemas.derived;

import org.jspecify.annotations.NullMarked;
