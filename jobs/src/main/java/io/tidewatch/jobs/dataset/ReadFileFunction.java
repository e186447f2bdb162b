package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to its readings, line by line. A line that is none is refused, as a message would be: with
 * the file as topic and the number of the line, from 1, as offset. Empty lines are skipped.
 */
final class ReadFileFunction implements FlatMapFunction<String, Inbound<KnownTelemetry>> {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ReadFileFunction.class);

  /** Broker time of what no broker took. */
  private static final long NO_TIME = -1;

  private final StoredLines lines;

  ReadFileFunction(StoredLines lines) {
    this.lines = lines;
  }

  @Override
  public void flatMap(String file, Collector<Inbound<KnownTelemetry>> out) throws IOException {
    long refused = 0;
    try (ByteLines in = new ByteLines(Files.newInputStream(Path.of(file)))) {
      long number = 0;
      if (lines.hasHeader()) {
        byte[] header = in.next();
        lines.begin(header == null ? new byte[0] : header);
        number++;
      }
      for (byte[] line = in.next(); line != null; line = in.next()) {
        number++;
        if (line.length == 0) {
          continue;
        }
        Decoded<KnownTelemetry> decoded = lines.decode(line);
        if (decoded instanceof Decoded.Ok<KnownTelemetry> ok) {
          out.collect(Inbound.of(ok.value()));
        } else if (decoded instanceof Decoded.Refused<KnownTelemetry> no) {
          if (refused++ == 0) {
            LOG.warn("{}, line {}: refused, {}", file, number, no.detail());
          }
          out.collect(
              Inbound.of(
                  new Rejected(file, 0, number, NO_TIME, null, line, no.reason(), no.detail())));
        }
      }
    }
    if (refused > 1) {
      LOG.warn("{}: {} lines were refused", file, refused);
    }
  }
}
