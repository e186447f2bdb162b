package io.tidewatch.schemas.forest;

/**
 * The artifact a job uses from now on, to be told.
 *
 * @param modelKey see {@link ModelMessage#modelKey}
 * @param document the artifact as JSON
 */
public record ModelDocument(String modelKey, byte[] document) {}
