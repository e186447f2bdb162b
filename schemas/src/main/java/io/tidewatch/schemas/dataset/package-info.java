/**
 * What a training data set says of itself: what was read, how it was split, and the statistics of
 * its columns. Imports the JDK, {@code schemas.model} and {@code schemas.scale}.
 */
@NullMarked
package io.tidewatch.schemas.dataset;

import org.jspecify.annotations.NullMarked;
