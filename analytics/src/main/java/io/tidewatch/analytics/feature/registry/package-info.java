/**
 * The features there are, one class each, and what they are computed of. Imports {@code
 * analytics.clean}, {@code analytics.exact} and {@code schemas.model}.
 */
@NullMarked
package io.tidewatch.analytics.feature.registry;

import org.jspecify.annotations.NullMarked;
