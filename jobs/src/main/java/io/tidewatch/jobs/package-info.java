/**
 * Wiring: the only room with connectors, configuration and {@code main()}. One package a job, each
 * with its Job, Topology, Config and Uids; beside them what they share: config, source, sink.
 */
@NullMarked
package io.tidewatch.jobs;

import org.jspecify.annotations.NullMarked;
