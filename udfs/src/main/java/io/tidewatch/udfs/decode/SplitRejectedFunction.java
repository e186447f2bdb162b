package io.tidewatch.udfs.decode;

import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Records go on, refusals go to the side output. Counters: {@code tidewatch.records_in_total} and,
 * with label {@code reason}, {@code tidewatch.rejected_total}.
 */
public final class SplitRejectedFunction<T> extends ProcessFunction<Inbound<T>, T> {
  private static final long serialVersionUID = 1;

  private final OutputTag<Rejected> rejectedTag;
  private transient Counter recordsIn;
  private transient Map<RejectReason, Counter> rejectedByReason;

  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public SplitRejectedFunction(OutputTag<Rejected> rejectedTag) {
    this.rejectedTag = rejectedTag;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tidewatch");
    recordsIn = metrics.counter("records_in_total");
    rejectedByReason = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      rejectedByReason.put(
          reason, metrics.addGroup("reason", reason.code()).counter("rejected_total"));
    }
  }

  @Override
  public void processElement(Inbound<T> inbound, Context context, Collector<T> out) {
    recordsIn.inc();
    T value = inbound.value();
    if (value != null) {
      out.collect(value);
    }
    Rejected refusal = inbound.rejected();
    if (refusal != null) {
      Objects.requireNonNull(rejectedByReason.get(refusal.reason())).inc();
      context.output(rejectedTag, refusal);
    }
  }
}
