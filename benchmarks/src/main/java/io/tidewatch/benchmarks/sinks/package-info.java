/** What a row costs on its way into PostgreSQL. Imports Flink, the JDBC connector and the jobs. */
@NullMarked
package io.tidewatch.benchmarks.sinks;

import org.jspecify.annotations.NullMarked;
