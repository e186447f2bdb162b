/**
 * Alert rules as files and on the topic they are told by. Imports picocli, {@code jobs} and {@code
 * schemas}.
 */
@NullMarked
package io.tidewatch.cli.rules;

import org.jspecify.annotations.NullMarked;
