package io.tidewatch.benchmarks.decode;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One message to one record, as the source of a job does it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class DecodeBenchmark {
  @Param public MessageKind message;

  @Param public DecoderKind decoder;

  private byte[][] messages;
  private MessageReader reader;
  private int next;

  @Setup
  public void setUp() {
    messages = decoder.messages(message);
    reader = decoder.reader(message);
  }

  @Benchmark
  public Object decode() throws IOException {
    next = (next + 1) & (MessageKind.MESSAGES - 1);
    return reader.read(messages[next]);
  }
}
