/**
 * Windows by time and by points as Flink functions and operators, and the serializers of their
 * state. Imports Flink's API, {@code analytics} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.window;

import org.jspecify.annotations.NullMarked;
