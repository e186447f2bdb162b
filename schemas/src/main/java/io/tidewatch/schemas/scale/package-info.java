/**
 * Statistics by which features are normalised: what training fits and the stream applies. Imports
 * the JDK only.
 */
@NullMarked
package io.tidewatch.schemas.scale;

import org.jspecify.annotations.NullMarked;
