/** Sliding windows as both jobs have them, in one phase or in two. */
@NullMarked
package io.tidewatch.jobs.windowing;

import org.jspecify.annotations.NullMarked;
