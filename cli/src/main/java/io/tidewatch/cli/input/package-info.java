/**
 * Where the records of a demo or a replay come from: this machine, two seeded simulators, a file.
 * Nothing here starts a thread or reads a clock: the time of a record is an argument, and what is
 * random follows from a seed. Imports the JDK, OSHI, Jackson and the schemas; no Flink, no Kafka.
 */
@NullMarked
package io.tidewatch.cli.input;

import org.jspecify.annotations.NullMarked;
