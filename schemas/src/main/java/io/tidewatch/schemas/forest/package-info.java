/**
 * Isolation forests as they are passed on: versioned artifacts, and what a person asks for. Imports
 * the JDK only.
 */
@NullMarked
package io.tidewatch.schemas.forest;

import org.jspecify.annotations.NullMarked;
