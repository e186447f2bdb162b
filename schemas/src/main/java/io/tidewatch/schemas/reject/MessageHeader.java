package io.tidewatch.schemas.reject;

import org.jspecify.annotations.Nullable;

/**
 * A header of a message. Names may repeat.
 *
 * @param name as it was
 * @param value the bytes as they were; null when it had none
 */
public record MessageHeader(String name, byte @Nullable [] value) {}
