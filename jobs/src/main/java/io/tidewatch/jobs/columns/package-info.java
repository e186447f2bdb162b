/**
 * What rows look like where each of their values has a column of its own: names, types, values.
 * Knows no file and no database. Imports nothing.
 */
@NullMarked
package io.tidewatch.jobs.columns;

import org.jspecify.annotations.NullMarked;
