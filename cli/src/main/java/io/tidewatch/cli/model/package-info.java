/**
 * Models of the anomaly job as files and on the topic they are told by. Imports picocli, {@code
 * jobs} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.cli.model;

import org.jspecify.annotations.NullMarked;
