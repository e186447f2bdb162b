package io.tidewatch.analytics.feature;

import java.io.Serializable;

/**
 * One device: the key of its series.
 *
 * @param model name of its telemetry model
 * @param deviceId unique within the model
 */
public record DeviceKey(String model, String deviceId) implements Serializable {}
