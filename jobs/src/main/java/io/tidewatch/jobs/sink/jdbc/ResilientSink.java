package io.tidewatch.jobs.sink.jdbc;

import io.tidewatch.schemas.reject.RefusedRow;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;

/**
 * Rows to a table, at least once, each over the one of its key, so that what is written again after
 * a restart leaves what was there ({@link ResilientWriter}).
 */
public final class ResilientSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  private final BatchStore<T> store;
  private final RowIdentity<T> identity;
  private final JdbcExecutionOptions batching;
  private final Duration maxOutage;
  private final Sink<RefusedRow> refused;

  /**
   * @param batching rows and milliseconds of a batch; tries are not counted here
   * @param maxOutage how long a database that takes nothing is waited for before the job fails
   * @param refused takes the rows that the database does not
   */
  public ResilientSink(
      BatchStore<T> store,
      RowIdentity<T> identity,
      JdbcExecutionOptions batching,
      Duration maxOutage,
      Sink<RefusedRow> refused) {
    this.store = store;
    this.identity = identity;
    this.batching = batching;
    this.maxOutage = maxOutage;
    this.refused = refused;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    Pauses pauses = Pauses.OF_THIS_MACHINE;
    SinkMetrics metrics = new SinkMetrics(context.metricGroup(), pauses);
    int subtask = context.getTaskInfo().getIndexOfThisSubtask();
    ResilientWriter<T> writer =
        new ResilientWriter<>(
            store,
            identity,
            batching,
            new RefusedRows(refused, context),
            metrics,
            new Outage(store.table(), maxOutage, new Backoff(subtask), pauses, metrics),
            new TableHealth(subtask, pauses, metrics),
            context.getProcessingTimeService());
    try {
      writer.open();
    } catch (InterruptedException e) {
      writer.close();
      Thread.currentThread().interrupt();
      throw new IOException(store.table() + ": cancelled while it waited for the database", e);
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
    return writer;
  }
}
