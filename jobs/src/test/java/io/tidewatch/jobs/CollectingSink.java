package io.tidewatch.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Keeps what reaches it in this JVM, in which the cluster of the test runs, too. */
final class CollectingSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<Integer, List<Object>> COLLECTED = new ConcurrentHashMap<>();

  private final int number = NUMBER.incrementAndGet();

  private CollectingSink() {
    COLLECTED.put(number, new CopyOnWriteArrayList<>());
  }

  /** A sink of that stream. */
  static <T> CollectingSink<T> of(DataStream<T> stream, String uid) {
    CollectingSink<T> sink = new CollectingSink<>();
    stream.sinkTo(sink).uid(uid).name(uid);
    return sink;
  }

  /** All that has come so far. */
  @SuppressWarnings("unchecked") // the writer takes nothing else
  List<T> collected() {
    return (List<T>) new ArrayList<>(COLLECTED.get(number));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    List<Object> collected = COLLECTED.get(number);
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context context) {
        collected.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {
        // What is written is there.
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }
}
