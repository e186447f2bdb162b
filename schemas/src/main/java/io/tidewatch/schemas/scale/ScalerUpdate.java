package io.tidewatch.schemas.scale;

import org.jspecify.annotations.Nullable;

/**
 * One message of the topic of scalers that may be used.
 *
 * @param model name of the telemetry model, the key of the message
 * @param document the scaler as JSON; null takes away the one there is
 */
public record ScalerUpdate(String model, byte @Nullable [] document) {}
