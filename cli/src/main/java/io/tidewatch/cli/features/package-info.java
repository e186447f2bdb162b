/**
 * Answers on the command line what a data set would hold. Imports picocli, {@code jobs}, {@code
 * schemas} and {@code cli.dataset}.
 */
@NullMarked
package io.tidewatch.cli.features;

import org.jspecify.annotations.NullMarked;
