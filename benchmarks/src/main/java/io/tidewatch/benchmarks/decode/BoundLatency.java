package io.tidewatch.benchmarks.decode;

import com.alibaba.fastjson2.annotation.JSONField;

/** A request as a library that maps by name takes it; public, so that it may generate code. */
public record BoundLatency(
    String service,
    String endpoint,
    String method,
    int status,
    @JSONField(name = "duration_ms") double durationMs,
    @JSONField(name = "event_time_ms") long eventTimeMs) {}
