/** Values brought to a common range or spread, and what is refused. Imports nothing. */
@NullMarked
package io.tidewatch.analytics.scale;

import org.jspecify.annotations.NullMarked;
