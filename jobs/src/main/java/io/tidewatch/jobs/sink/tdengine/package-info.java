/**
 * Readings to TDengine: one super table a model, one table a device. Imports the writer of rows and
 * what is shared with those who read.
 */
@NullMarked
package io.tidewatch.jobs.sink.tdengine;

import org.jspecify.annotations.NullMarked;
