/** What arrives: one record a message, one field a fact, one unit a field. Imports the JDK only. */
@NullMarked
package io.tidewatch.schemas.event;

import org.jspecify.annotations.NullMarked;
