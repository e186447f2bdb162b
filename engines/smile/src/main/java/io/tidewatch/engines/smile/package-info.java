/**
 * The engine {@code smile}: isolation trees grown by Smile 3.1.1, told in the flat form of {@code
 * analytics.forest}. In a jar of its own, because Smile is GPL-3.0. Imports {@code
 * analytics.forest} and Smile.
 */
@NullMarked
package io.tidewatch.engines.smile;

import org.jspecify.annotations.NullMarked;
