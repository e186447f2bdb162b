/**
 * Which series requests belong to: raw paths become route templates, and a service has so many
 * endpoints and no more. Imports {@code analytics.quantile} for the key only.
 */
@NullMarked
package io.tidewatch.analytics.endpoint;

import org.jspecify.annotations.NullMarked;
