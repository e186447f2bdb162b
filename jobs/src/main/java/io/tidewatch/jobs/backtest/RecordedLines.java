package io.tidewatch.jobs.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.source.EventTime;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * A file of messages, one a line, as a source would have delivered them. A line that is none is
 * refused, with the file as topic and the number of the line as offset; empty lines are skipped.
 */
final class RecordedLines<T> implements FlatMapFunction<String, Inbound<T>> {
  private static final long serialVersionUID = 1;

  /** Broker time of what no broker took. */
  private static final long NO_TIME = -1;

  private final MessageDecoder<T> decoder;
  private final EventTime<T> eventTime;
  private final long fromMs;
  private final long toMs;

  /**
   * @param fromMs first event time, milliseconds since the epoch; records before it are left out
   * @param toMs behind the last one
   */
  RecordedLines(MessageDecoder<T> decoder, EventTime<T> eventTime, long fromMs, long toMs) {
    this.decoder = decoder;
    this.eventTime = eventTime;
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  @Override
  public void flatMap(String file, Collector<Inbound<T>> out) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(Path.of(file), UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          decode(file, number, line.getBytes(UTF_8), out);
        }
      }
    }
  }

  private void decode(String file, long number, byte[] line, Collector<Inbound<T>> out) {
    Decoded<T> decoded = decoder.decode(line);
    if (decoded instanceof Decoded.Refused<T> no) {
      out.collect(
          Inbound.of(new Rejected(file, 0, number, NO_TIME, null, line, no.reason(), no.detail())));
      return;
    }
    T value = ((Decoded.Ok<T>) decoded).value();
    long timeMs = eventTime.ofMs(value);
    if (timeMs >= fromMs && timeMs < toMs) {
      out.collect(Inbound.of(value));
    }
  }
}
