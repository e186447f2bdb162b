/**
 * Panes and windows: one accumulator a slide, merged once into the windows that move over them.
 * Windows count milliseconds or points. Imports {@code schemas.model}.
 */
@NullMarked
package io.tidewatch.analytics.window;

import org.jspecify.annotations.NullMarked;
