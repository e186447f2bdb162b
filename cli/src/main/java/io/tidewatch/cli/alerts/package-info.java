/**
 * What became of alerts: whether their topic and their table tell the same. Imports picocli, {@code
 * cli.validate}, {@code jobs} and {@code schemas}.
 */
@NullMarked
package io.tidewatch.cli.alerts;

import org.jspecify.annotations.NullMarked;
