/** What was refused, unchanged, and why. Imports the JDK only. */
@NullMarked
package io.tidewatch.schemas.reject;

import org.jspecify.annotations.NullMarked;
