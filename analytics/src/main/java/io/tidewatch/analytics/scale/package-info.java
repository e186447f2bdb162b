/**
 * Normalisation of feature vectors: fitted on rows, applied and undone by the same code in the
 * stream and in training. Imports {@code schemas.scale} and {@code analytics.exact}.
 */
@NullMarked
package io.tidewatch.analytics.scale;

import org.jspecify.annotations.NullMarked;
