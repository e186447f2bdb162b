/**
 * Panes and windows: one accumulator a slide, merged when a window fires. Imports {@code
 * schemas.model}.
 */
@NullMarked
package io.tidewatch.analytics.window;

import org.jspecify.annotations.NullMarked;
