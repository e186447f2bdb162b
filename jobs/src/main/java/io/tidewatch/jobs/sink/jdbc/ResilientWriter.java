package io.tidewatch.jobs.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows in batches, by number, by time and before each checkpoint, and outlives what happens
 * to the database. While it takes nothing, {@link #write} and {@link #flush} wait, which holds back
 * the stream; a cancelled task does not wait. A row that is refused goes its own way, the others
 * are stored. All calls are of the thread of the task.
 */
final class ResilientWriter<T> implements SinkWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ResilientWriter.class);

  private final BatchStore<T> store;
  private final RowIdentity<T> identity;
  private final JdbcExecutionOptions batching;
  private final RefusedRows refused;
  private final SinkMetrics metrics;
  private final Outage outage;
  private final TableHealth health;
  private final ProcessingTimeService timers;
  private final LastPerKey<T> waiting;

  /** Rows whose place was taken by one that was refused: they are what the table should hold. */
  private final List<T> second = new ArrayList<>();

  private @Nullable ScheduledFuture<?> timer;
  private boolean open;

  ResilientWriter(
      BatchStore<T> store,
      RowIdentity<T> identity,
      JdbcExecutionOptions batching,
      RefusedRows refused,
      SinkMetrics metrics,
      Outage outage,
      TableHealth health,
      ProcessingTimeService timers) {
    this.store = store;
    this.identity = identity;
    this.batching = batching;
    this.refused = refused;
    this.metrics = metrics;
    this.outage = outage;
    this.health = health;
    this.timers = timers;
    this.waiting = new LastPerKey<>(identity);
  }

  /**
   * Connects, however long the database may take to come.
   *
   * @throws IOException when rows cannot be written: a table, a column or a privilege is missing
   */
  void open() throws IOException, InterruptedException {
    SQLException refusal = attempt(List.of());
    if (refusal != null) {
      throw failed(refusal);
    }
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    waiting.add(row);
    if (waiting.size() >= batching.getBatchSize()) {
      storeAll();
    } else if (timer == null) {
      timer =
          timers.registerTimer(
              timers.getCurrentProcessingTime() + batching.getBatchIntervalMs(),
              time -> {
                timer = null;
                storeAll();
              });
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    storeAll();
    refused.flush(endOfInput);
  }

  /**
   * Writes nothing: what still waits is in no checkpoint, and comes again. Throws nothing: Flink
   * takes an exception at this point as the end of the whole TaskManager.
   */
  @Override
  public void close() {
    cancelTimer();
    store.disconnect();
    open = false;
    try {
      refused.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{}: the topic of refused rows was not closed in good order", store.table(), e);
    }
  }

  private void storeAll() throws IOException, InterruptedException {
    cancelTimer();
    List<T> batch = waiting.drain();
    while (!batch.isEmpty()) {
      second.clear();
      store(batch);
      batch = List.copyOf(second);
    }
    waiting.forgetReplaced();
    if (open) {
      health.look(store);
    }
  }

  private void store(List<T> batch) throws IOException, InterruptedException {
    List<T> rows = new ArrayList<>();
    for (T row : batch) {
      SQLException known = store.refusal(row);
      if (known == null) {
        rows.add(row);
      } else {
        refuse(row, known);
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    int refusedRows = Bisection.write(rows, this::attempt, this::refuse);
    long newestMs = Long.MIN_VALUE;
    for (T row : rows) {
      newestMs = Math.max(newestMs, identity.eventTimeMs(row));
    }
    metrics.stored(rows.size() - refusedRows, newestMs);
  }

  /** Tries until the database has stored the rows, or has said that it does not want them. */
  private @Nullable SQLException attempt(List<T> rows) throws IOException, InterruptedException {
    while (true) {
      try {
        if (!open) {
          store.open();
          open = true;
        }
        if (!rows.isEmpty()) {
          store.write(rows);
        }
        outage.isOver();
        return null;
      } catch (SQLException e) {
        Outcome outcome = store.outcome(e);
        if (outcome == Outcome.DATA && open) {
          outage.isOver();
          return e;
        }
        store.disconnect();
        open = false;
        if (outcome != Outcome.TRANSIENT) {
          throw failed(e);
        }
        outage.waitAfter(e);
      }
    }
  }

  private void refuse(T row, SQLException reason) throws IOException, InterruptedException {
    refused.write(store.describe(row, reason));
    metrics.refused();
    T before = waiting.takeReplaced(row);
    if (before != null) {
      second.add(before);
    }
  }

  private IOException failed(SQLException e) {
    return new IOException(
        "%s: rows cannot be written: %s".formatted(store.table(), SqlReason.of(e).text()), e);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
