/**
 * The kill harness: all servers of a deployment as processes, seeded schedules of faults, and what
 * a run is judged by: sets compared, pauses measured. Knows no job and no table. Imports {@code
 * embedded}, {@code testkit}, {@code testkit.process}, Kafka's clients and Awaitility.
 */
@NullMarked
package io.tidewatch.testkit.chaos;

import org.jspecify.annotations.NullMarked;
