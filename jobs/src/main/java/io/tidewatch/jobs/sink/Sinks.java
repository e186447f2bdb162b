package io.tidewatch.jobs.sink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Ends a stream in a sink. */
public final class Sinks {
  private Sinks() {}

  /**
   * @param uid uid and name of the sink, of the job's {@code …Uids}
   */
  public static <T> void attach(DataStream<T> stream, Sink<T> sink, String uid) {
    stream.sinkTo(sink).uid(uid).name(uid);
  }
}
