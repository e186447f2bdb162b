/**
 * What tests of every room share: real telemetry, poison, oracles in plain Java, the embedded stack
 * and clusters of real processes. Stands on {@code embedded} and {@code schemas}; knows no job.
 */
@NullMarked
package io.tidewatch.testkit;

import org.jspecify.annotations.NullMarked;
