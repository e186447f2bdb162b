package io.tidewatch.jobs.sink;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JDBC sink whose writer may be closed when the database does not answer. The writer of the
 * connector writes what is left when it is closed, and throws when it cannot: Flink takes an
 * exception at that point as the end of the whole TaskManager, and the connection stays open. What
 * is left was not in a checkpoint and comes again after the restart; at the end of a bounded input
 * it has been written before.
 */
final class CalmClose<T> implements Sink<T> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(CalmClose.class);

  private final Sink<T> sink;
  private final JdbcConnectionProvider connections;

  /**
   * @param sink that uses {@code connections}; delivers at least once
   */
  CalmClose(Sink<T> sink, JdbcConnectionProvider connections) {
    this.sink = sink;
    this.connections = connections;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    return new Writer<>(sink.createWriter(context), connections);
  }

  private record Writer<T>(SinkWriter<T> writer, JdbcConnectionProvider connections)
      implements SinkWriter<T> {

    @Override
    public void write(T row, Context context) throws IOException, InterruptedException {
      writer.write(row, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      writer.flush(endOfInput);
    }

    @Override
    public void close() {
      try {
        writer.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("Rows not written; they come again after the restart", e);
      } finally {
        connections.closeConnection();
      }
    }
  }
}
