package io.tidewatch.jobs.windowing;

import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.WindowAggregate;
import io.tidewatch.udfs.window.PaneWindowOperator;
import io.tidewatch.udfs.window.PreAggregateOperator;
import io.tidewatch.udfs.window.WindowInputType;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Sliding windows of a job. In two phases: records are added up to partials where they were read,
 * and only partials travel to the subtask of their key. In one phase, every record does. The
 * windows add records up in front of their state in both cases ({@link PaneWindowOperator}).
 * Results and the state of the windows are the same.
 *
 * @param aggregate what is computed
 * @param panes state of a key
 * @param key of a record
 * @param late output of the records that came too late
 */
public record WindowingStage<K, I, A, R>(
    WindowAggregate<K, I, A, R> aggregate,
    TypeSerializer<Panes<A>> panes,
    KeySelector<I, K> key,
    TypeInformation<K> keyType,
    TypeInformation<R> resultType,
    OutputTag<I> late) {

  /**
   * @param allowedLateness how long after its first window a record still corrects its windows
   * @param maxPartials held by a subtask of the first phase; 0 for one phase
   * @param firstUid of the first phase
   * @param uid of the windows
   */
  public SingleOutputStreamOperator<R> windows(
      DataStream<I> records,
      Duration allowedLateness,
      int maxPartials,
      String firstUid,
      String uid) {
    SingleOutputStreamOperator<R> windows =
        maxPartials == 0
            ? onePhase(records, allowedLateness, uid)
            : twoPhases(records, allowedLateness, maxPartials, firstUid, uid);
    return windows.uid(uid).name(uid);
  }

  private SingleOutputStreamOperator<R> onePhase(
      DataStream<I> records, Duration allowedLateness, String uid) {
    return records
        .keyBy(key, keyType)
        .transform(
            uid,
            resultType,
            PaneWindowOperator.ofRecords(
                aggregate, panes, late, allowedLateness, PaneWindowOperator.MAX_BUFFERED));
  }

  private SingleOutputStreamOperator<R> twoPhases(
      DataStream<I> records,
      Duration allowedLateness,
      int maxPartials,
      String firstUid,
      String uid) {
    KeySelector<I, K> ofRecord = key;
    return records
        .transform(
            firstUid,
            new WindowInputType<>(keyType, records.getType(), aggregate.codec()),
            new PreAggregateOperator<>(aggregate, key, maxPartials))
        .uid(firstUid)
        .name(firstUid)
        .keyBy(input -> input.key(ofRecord), keyType)
        .transform(
            uid,
            resultType,
            PaneWindowOperator.ofPartials(
                aggregate, panes, late, allowedLateness, PaneWindowOperator.MAX_BUFFERED));
  }
}
