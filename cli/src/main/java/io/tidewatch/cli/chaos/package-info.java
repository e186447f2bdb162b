/**
 * {@code tidewatch chaos}: the production jobs on servers that are killed, frozen and stopped while
 * seeded input arrives, and what is left compared with what plain Java makes of that input. Knows
 * the jobs; the servers and the faults are those of {@code testkit}. May use every room.
 */
@NullMarked
package io.tidewatch.cli.chaos;

import org.jspecify.annotations.NullMarked;
