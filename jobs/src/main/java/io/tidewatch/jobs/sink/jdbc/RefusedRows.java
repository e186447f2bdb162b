package io.tidewatch.jobs.sink.jdbc;

import io.tidewatch.schemas.reject.RefusedRow;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows go that a database refuses: a sink within the sink, opened by the first of them.
 * It is flushed when the rows are, so that a checkpoint completes only when they are where they
 * belong.
 */
final class RefusedRows {
  private static final SinkWriter.Context NO_TIME =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
          return null;
        }
      };

  private final Sink<RefusedRow> sink;
  private final WriterInitContext context;
  private @Nullable SinkWriter<RefusedRow> writer;

  RefusedRows(Sink<RefusedRow> sink, WriterInitContext context) {
    this.sink = sink;
    this.context = context;
  }

  void write(RefusedRow row) throws IOException, InterruptedException {
    if (writer == null) {
      writer = sink.createWriter(context);
    }
    writer.write(row, NO_TIME);
  }

  void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (writer != null) {
      writer.flush(endOfInput);
    }
  }

  void close() throws Exception {
    if (writer != null) {
      writer.close();
    }
  }
}
