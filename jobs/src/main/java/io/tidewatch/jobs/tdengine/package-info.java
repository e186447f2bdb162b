/**
 * How TDengine is reached and its tables are named, for those who read and those who write. Imports
 * its driver and the connection provider of Flink's JDBC connector.
 */
@NullMarked
package io.tidewatch.jobs.tdengine;

import org.jspecify.annotations.NullMarked;
