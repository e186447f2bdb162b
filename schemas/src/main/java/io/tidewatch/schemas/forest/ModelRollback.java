package io.tidewatch.schemas.forest;

/**
 * "Score by that version again": one the job keeps.
 *
 * @param modelKey see {@link ModelMessage#modelKey}
 * @param version of a kept forest
 */
public record ModelRollback(String modelKey, String version) implements ModelMessage {}
