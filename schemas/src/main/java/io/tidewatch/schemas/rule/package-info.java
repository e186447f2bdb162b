/**
 * Alert rules as they are told to running jobs, and what the jobs answer. Imports nothing of the
 * other rooms.
 */
@NullMarked
package io.tidewatch.schemas.rule;

import org.jspecify.annotations.NullMarked;
