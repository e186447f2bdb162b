/**
 * Real Kafka (KRaft), real PostgreSQL and a real Flink MiniCluster with its web UI, started from
 * one JVM, on loopback, on free ports, with all their files below one directory. This is what the
 * demo runs on and what the integration tests of every room stand on. It knows no job, no topic
 * name and no table. Imports the JDK, Flink's runtime and clients, Kafka's broker and clients, the
 * PostgreSQL driver, the archive of PostgreSQL binaries with what unpacks it, and slf4j; no other
 * room.
 */
@NullMarked
package io.tidewatch.embedded;

import org.jspecify.annotations.NullMarked;
