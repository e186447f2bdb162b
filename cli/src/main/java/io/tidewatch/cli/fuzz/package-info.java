/**
 * {@code tidewatch chaos --fuzz}: every reader of bytes and texts that come from outside or from
 * state, fed with what nobody wrote in good faith. How inputs are made and judged is in {@code
 * testkit.fuzz}; here is what they are fed to. May use every room.
 */
@NullMarked
package io.tidewatch.cli.fuzz;

import org.jspecify.annotations.NullMarked;
