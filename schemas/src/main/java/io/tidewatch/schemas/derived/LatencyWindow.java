package io.tidewatch.schemas.derived;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one endpoint over one window. Percentiles come from a sketch with a relative
 * error of at most 1 %; count, errors, mean and max are exact. Equal by content.
 *
 * @param service name of the service
 * @param endpoint route template
 * @param method HTTP method
 * @param windowStartMs start of the window, inclusive, milliseconds since the epoch
 * @param windowEndMs end of the window, exclusive, milliseconds since the epoch
 * @param count requests in the window, at least 1
 * @param ratePerSecond requests per second of the window's length
 * @param errorCount requests answered with a status of 500 or above
 * @param errorRatePercent share of errors among the requests, 0 to 100
 * @param meanMs mean duration, milliseconds
 * @param p50Ms median duration, milliseconds
 * @param p90Ms 90th percentile, milliseconds
 * @param p95Ms 95th percentile, milliseconds
 * @param p99Ms 99th percentile, milliseconds
 * @param maxMs longest duration, milliseconds
 * @param revision how many of the requests came after the window was told first; the row with the
 *     highest is the one that counts
 * @param sketch the durations as a DDSketch in the encoding of DataDog's libraries, from which
 *     percentiles of several windows or endpoints can be computed; empty when it is not carried
 * @param traceIds of the slowest requests that have one, the slowest first; empty where none has
 */
public record LatencyWindow(
    String service,
    String endpoint,
    String method,
    long windowStartMs,
    long windowEndMs,
    long count,
    double ratePerSecond,
    long errorCount,
    double errorRatePercent,
    double meanMs,
    double p50Ms,
    double p90Ms,
    double p95Ms,
    double p99Ms,
    double maxMs,
    int revision,
    byte[] sketch,
    List<String> traceIds) {

  private static final byte[] NO_SKETCH = new byte[0];

  /** What is told first of a window, without sketch and traces. */
  public LatencyWindow(
      String service,
      String endpoint,
      String method,
      long windowStartMs,
      long windowEndMs,
      long count,
      double ratePerSecond,
      long errorCount,
      double errorRatePercent,
      double meanMs,
      double p50Ms,
      double p90Ms,
      double p95Ms,
      double p99Ms,
      double maxMs) {
    this(
        service,
        endpoint,
        method,
        windowStartMs,
        windowEndMs,
        count,
        ratePerSecond,
        errorCount,
        errorRatePercent,
        meanMs,
        p50Ms,
        p90Ms,
        p95Ms,
        p99Ms,
        maxMs,
        0,
        NO_SKETCH,
        List.of());
  }

  /** The same as a correction. */
  public LatencyWindow revised(int newRevision) {
    return with(newRevision, sketch, traceIds);
  }

  /** The same with the bytes of a sketch. */
  public LatencyWindow sketched(byte[] bytes) {
    return with(revision, bytes, traceIds);
  }

  /** The same with traces. */
  public LatencyWindow traced(List<String> newTraceIds) {
    return with(revision, sketch, newTraceIds);
  }

  private LatencyWindow with(int newRevision, byte[] newSketch, List<String> newTraceIds) {
    return new LatencyWindow(
        service,
        endpoint,
        method,
        windowStartMs,
        windowEndMs,
        count,
        ratePerSecond,
        errorCount,
        errorRatePercent,
        meanMs,
        p50Ms,
        p90Ms,
        p95Ms,
        p99Ms,
        maxMs,
        newRevision,
        newSketch,
        newTraceIds);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LatencyWindow that
        && Arrays.equals(sketch, that.sketch)
        && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return 31 * values().hashCode() + Arrays.hashCode(sketch);
  }

  @Override
  public String toString() {
    return "LatencyWindow[%s %s %s [%d, %d) n=%d r=%d errors=%d p50=%s p99=%s max=%s sketch=%d bytes]"
        .formatted(
            service,
            endpoint,
            method,
            windowStartMs,
            windowEndMs,
            count,
            revision,
            errorCount,
            p50Ms,
            p99Ms,
            maxMs,
            sketch.length);
  }

  /** All but the sketch. */
  private List<Object> values() {
    return List.of(
        service,
        endpoint,
        method,
        windowStartMs,
        windowEndMs,
        count,
        ratePerSecond,
        errorCount,
        errorRatePercent,
        meanMs,
        p50Ms,
        p90Ms,
        p95Ms,
        p99Ms,
        maxMs,
        revision,
        traceIds);
  }
}
