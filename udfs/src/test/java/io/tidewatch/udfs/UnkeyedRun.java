package io.tidewatch.udfs;

import java.util.List;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/** A function without keys as Flink runs it: shipped, opened, fed. */
public final class UnkeyedRun<I, O> implements AutoCloseable {
  private final RecordedCounters counters = new RecordedCounters();
  private final OneInputStreamOperatorTestHarness<I, O> harness;

  public UnkeyedRun(OneInputStreamOperator<I, O> operator) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            InstantiationUtil.clone(operator),
            new MockEnvironmentBuilder().setMetricGroup(counters.taskMetrics()).build());
    harness.open();
  }

  public void add(I record, long eventTimeMs) throws Exception {
    harness.processElement(record, eventTimeMs);
  }

  public List<O> results() {
    return harness.extractOutputValues();
  }

  /** Event times of {@link #results()}. */
  public List<Long> resultTimesMs() {
    return harness.extractOutputStreamRecords().stream().map(StreamRecord::getTimestamp).toList();
  }

  public <X> List<X> side(OutputTag<X> tag) {
    var queue = harness.getSideOutput(tag);
    return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
  }

  public long counter(String name) {
    return counters.get(name);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("the function could not be closed", e);
    }
  }
}
