/**
 * Servers as processes of their own, and who restarts them. Imports {@code embedded}'s database,
 * the JDK and SLF4J.
 */
@NullMarked
package io.tidewatch.testkit.process;

import org.jspecify.annotations.NullMarked;
