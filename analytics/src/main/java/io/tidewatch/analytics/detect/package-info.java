/**
 * Which rows of one numeric series are unlike what it was so far: no training, one row in, one
 * judgement out. Imports {@code analytics.decide}, of {@code analytics.forest} the chance and the
 * path lengths, and {@code analytics.window} the sizes of objects and numbers as bytes, of {@code
 * schemas.derived} why something was suppressed.
 */
@NullMarked
package io.tidewatch.analytics.detect;

import org.jspecify.annotations.NullMarked;
