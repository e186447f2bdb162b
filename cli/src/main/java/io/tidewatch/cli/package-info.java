/** The tidewatch command: the roof over every room. Imports picocli. */
@NullMarked
package io.tidewatch.cli;

import org.jspecify.annotations.NullMarked;
