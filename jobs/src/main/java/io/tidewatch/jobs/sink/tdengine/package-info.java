/**
 * Rows to TDengine: super tables by stream and model, in them a table for each device, endpoint or
 * series. Imports the writer of rows and what is shared with those who read.
 */
@NullMarked
package io.tidewatch.jobs.sink.tdengine;

import org.jspecify.annotations.NullMarked;
