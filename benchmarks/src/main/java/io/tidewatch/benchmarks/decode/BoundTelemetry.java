package io.tidewatch.benchmarks.decode;

import com.alibaba.fastjson2.annotation.JSONField;
import java.util.Map;

/** A reading as a library that maps by name takes it; public, so that it may generate code. */
public record BoundTelemetry(
    String model,
    @JSONField(name = "device_id") String deviceId,
    @JSONField(name = "event_time_ms") long eventTimeMs,
    Map<String, Double> fields) {}
