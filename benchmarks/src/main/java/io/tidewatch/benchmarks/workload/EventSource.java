package io.tidewatch.benchmarks.workload;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Events as a Flink source: no locks, queues or fetcher threads, a watermark at the end of each
 * event-second. It keeps no position: a run that fails is not resumed.
 */
public final class EventSource<T> implements Source<T, NoSplit, Void> {
  private static final long serialVersionUID = 1;

  private final Events events;
  private final RecordMaker<T> maker;

  private EventSource(Events events, RecordMaker<T> maker) {
    this.events = events;
    this.maker = maker;
  }

  /** The stream of samples. */
  public static DataStream<Sample> samples(StreamExecutionEnvironment env, Events events) {
    return stream(env, events, Sample::new, TypeInformation.of(Sample.class));
  }

  /** The stream in another record type. */
  public static <T> DataStream<T> stream(
      StreamExecutionEnvironment env,
      Events events,
      RecordMaker<T> maker,
      TypeInformation<T> type) {
    return env.fromSource(
        new EventSource<>(events, maker), WatermarkStrategy.noWatermarks(), "source", type);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, NoSplit> createReader(SourceReaderContext context) {
    return new EventReader<>(
        events, maker, context.getIndexOfSubtask(), context.currentParallelism());
  }

  @Override
  public SplitEnumerator<NoSplit, Void> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
    return new NoSplit.Enumerator();
  }

  @Override
  public SplitEnumerator<NoSplit, Void> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Void checkpoint) {
    return new NoSplit.Enumerator();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new NoSplit.Nothing<>();
  }

  @Override
  public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
    return new NoSplit.Nothing<>();
  }
}
