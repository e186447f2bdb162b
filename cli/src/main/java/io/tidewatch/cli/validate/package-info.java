/**
 * Says whether the files of a job can be used and what the job would cost, without starting it.
 * Imports picocli and {@code jobs}.
 */
@NullMarked
package io.tidewatch.cli.validate;

import org.jspecify.annotations.NullMarked;
