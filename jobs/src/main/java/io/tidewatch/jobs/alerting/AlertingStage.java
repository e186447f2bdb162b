package io.tidewatch.jobs.alerting;

import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.udfs.alert.AlertFunction;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/** The stage that holds rules against the windows of a job. */
public final class AlertingStage {
  private AlertingStage() {}

  /**
   * @param windows keyed by series
   * @param reader what the rules see of a window
   * @param uid uid and name of the operator, of the job's {@code …Uids}
   */
  public static <K, T> DataStream<AlertEvent> alerts(
      KeyedStream<T, K> windows, List<AlertRule> rules, SeriesReader<K, T> reader, String uid) {
    return windows
        .process(new AlertFunction<>(rules, reader), TypeInformation.of(AlertEvent.class))
        .uid(uid)
        .name(uid);
  }
}
