/**
 * Inputs nobody wrote in good faith, made by chance with a seed, and what readers make of them.
 * Knows no reader: who fuzzes brings targets. Imports the JDK and {@code schemas}.
 *
 * <p>Of its own, and not Jazzer: that has native parts for some machines only, wants an agent
 * beside the one that counts coverage here, and a process a target. What it would find by the
 * coverage of code is found here by knowing the shape of the input, and by going on from inputs
 * whose outcome was new.
 */
@NullMarked
package io.tidewatch.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
