/**
 * The demo: the real jobs on an embedded Kafka, PostgreSQL and Flink, fed by this machine, by
 * simulators and by a replay. May use every room.
 */
@NullMarked
package io.tidewatch.cli.demo;

import org.jspecify.annotations.NullMarked;
