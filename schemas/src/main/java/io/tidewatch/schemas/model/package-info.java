/**
 * The telemetry models: which fields a device of a kind sends, in which order, unit and range, and
 * over which windows they are summarised. Imports the JDK only.
 */
@NullMarked
package io.tidewatch.schemas.model;

import org.jspecify.annotations.NullMarked;
