package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.reject.RefusedRow;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResilientWriterTest {
  private static final int BATCH = 3;
  private static final long INTERVAL_MS = 200;
  private static final Duration MAX_OUTAGE = Duration.ofSeconds(20);

  private final ScriptedStore store = new ScriptedStore();
  private final Time time = new Time();
  private final Recorded metrics = new Recorded();
  private final Refusals refusals = new Refusals();
  private ResilientWriter<TestRow> writer;

  @BeforeEach
  void make() {
    SinkMetrics sink = new SinkMetrics(metrics, time);
    writer =
        new ResilientWriter<>(
            store,
            TestRow.IDENTITY,
            JdbcExecutionOptions.builder()
                .withBatchSize(BATCH)
                .withBatchIntervalMs(INTERVAL_MS)
                .build(),
            new RefusedRows(refusals, null),
            sink,
            new Outage("scripted", MAX_OUTAGE, new Backoff(1), time, sink),
            new TableHealth(0, time, sink),
            time);
  }

  @Test
  void writesWhenSoManyRowsWait() throws Exception {
    write("a", "b");
    assertThat(store.batches).isEmpty();

    write("c", "d");

    assertThat(store.batches).containsExactly(3);
    assertThat(metrics.count("sink_rows_total")).isEqualTo(3);
    assertThat(metrics.count("sink_batches_total")).isEqualTo(1);
  }

  @Test
  void writesWhenTheFirstRowHasWaitedLongEnough() throws Exception {
    write("a");
    time.passes(INTERVAL_MS - 1);
    assertThat(store.batches).isEmpty();

    time.passes(1);

    assertThat(store.batches).containsExactly(1);
    time.passes(10 * INTERVAL_MS);
    assertThat(store.batches).as("nothing waits").containsExactly(1);
  }

  @Test
  void aBatchThatWentBySizeGivesTheNextOneItsWholeTime() throws Exception {
    write("a");
    time.passes(INTERVAL_MS - 1);
    write("b", "c", "d");
    assertThat(store.batches).containsExactly(3);

    time.passes(INTERVAL_MS - 1);
    assertThat(store.batches).containsExactly(3);
    time.passes(1);
    assertThat(store.batches).containsExactly(3, 1);
  }

  @Test
  void writesBeforeACheckpoint() throws Exception {
    write("a");

    writer.flush(false);

    assertThat(store.table).containsOnlyKeys("a");
  }

  @Test
  void closesWithoutWritingAndWithoutAnException() throws Exception {
    write("bad", "x");
    refusals.failure = new IOException("Kafka is gone");
    assertThatThrownBy(() -> writer.flush(false)).hasMessage("Kafka is gone");
    write("a");

    writer.close();

    assertThat(store.table).doesNotContainKey("a");
    assertThat(store.disconnected).isEqualTo(1);
    time.passes(INTERVAL_MS);
    assertThat(store.table).as("no timer is left").doesNotContainKey("a");
  }

  @Test
  void twoRowsOfAKeyAreOne() throws Exception {
    writer.write(new TestRow("a", 0, 1), null);
    writer.write(new TestRow("a", 1, 2), null);
    writer.write(new TestRow("a", 0, 3), null);
    writer.flush(false);

    assertThat(store.batches).containsExactly(1);
    assertThat(store.table).containsEntry("a", new TestRow("a", 1, 2));
  }

  @Test
  void waitsOutAnOutageAndConnectsAnew() throws Exception {
    for (int i = 0; i < 4; i++) {
      store.writing.add(new SQLException("terminating connection", "57P01"));
    }
    store.opening.add(new SQLException("refused", "08001"));

    write("a", "b", "c");

    assertThat(store.table).containsOnlyKeys("a", "b", "c");
    assertThat(store.opened).as("at first, and after each loss").isEqualTo(1 + 4);
    assertThat(metrics.count("sink_retries_total")).isEqualTo(5);
    assertThat(metrics.gauge("sink_outage_seconds_total"))
        .isEqualTo(time.waited.toMillis() / 1000.0)
        .isPositive();
    double before = metrics.gauge("sink_outage_seconds_total");
    time.passes(1000);
    assertThat(metrics.gauge("sink_outage_seconds_total")).as("it is over").isEqualTo(before);
  }

  @Test
  void tellsHowLongAnOutageLastsWhileItDoes() throws Exception {
    store.opening.add(new SQLException("refused", "08001"));
    List<Double> seen = new ArrayList<>();
    time.whileWaiting =
        () -> {
          time.passes(3000);
          seen.add(metrics.gauge("sink_outage_seconds_total"));
        };

    writer.open();

    assertThat(seen).hasSize(1).allMatch(seconds -> seconds >= 3);
  }

  @Test
  void failsOnceWhenAnOutageLastsTooLong() throws Exception {
    for (int i = 0; i < 1000; i++) {
      store.opening.add(new SQLException("Connection refused", "08001"));
    }

    assertThatThrownBy(() -> write("a", "b", "c"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "scripted: the database has taken no rows for PT20S in \\d+ tries;"
                + " sink.max_outage is PT20S: Connection refused");
    assertThat(time.waited).isEqualTo(MAX_OUTAGE);
  }

  @Test
  void outagesAreNotAddedUp() throws Exception {
    for (int outage = 0; outage < 10; outage++) {
      for (int i = 0; i < 6; i++) {
        store.writing.add(new SQLException("x", "08006"));
      }
      write("a" + outage);
      writer.flush(false);
    }

    assertThat(time.waited).isGreaterThan(MAX_OUTAGE);
    assertThat(store.table).hasSize(10);
  }

  @Test
  void aCancelledTaskDoesNotWait() {
    store.opening.add(new SQLException("x", "08001"));
    time.interrupted = true;

    assertThatThrownBy(() -> write("a", "b", "c")).isInstanceOf(InterruptedException.class);
  }

  @Test
  void failsAtOnceWhereWaitingDoesNotHelp() {
    store.opening.add(
        new SQLException("ERROR: relation \"scripted\" does not exist\n  Position: 13", "42P01"));

    assertThatThrownBy(writer::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "scripted: rows cannot be written: ERROR: relation \"scripted\" does not exist;"
                + " Position: 13");
    assertThat(time.waited).isZero();
  }

  @Test
  void whatIsWrongWhileOpeningIsNoFaultOfARow() {
    store.opening.add(new SQLException("invalid parameter", "22023"));

    assertThatThrownBy(() -> write("a", "b", "c"))
        .hasMessage("scripted: rows cannot be written: invalid parameter");
    assertThat(refusals.rows).isEmpty();
  }

  @Test
  void theRefusedRowAloneIsTold() throws Exception {
    write("a", "bad1", "c");

    assertThat(store.table).containsOnlyKeys("a", "c");
    assertThat(refusals.rows)
        .containsExactly(
            new RefusedRow("test", "scripted", "22021", "refused bad1", Map.of("key", "bad1")));
    assertThat(metrics.count("sink_rows_total")).isEqualTo(2);
    assertThat(metrics.count("sink_refused_total")).isEqualTo(1);
  }

  @Test
  void theRowWhosePlaceARefusedOneTookIsStored() throws Exception {
    store.refused = row -> row.revision() >= 2;
    writer.write(new TestRow("a", 0, 1), null);
    writer.write(new TestRow("a", 1, 2), null);
    writer.write(new TestRow("a", 2, 3), null);
    writer.write(new TestRow("b", 0, 1), null);
    writer.flush(false);

    assertThat(store.table).containsEntry("a", new TestRow("a", 1, 2)).containsKey("b");
    assertThat(refusals.rows).hasSize(1);
    assertThat(metrics.count("sink_rows_total")).isEqualTo(2);
  }

  @Test
  void whatIsKnownToBeRefusedIsNotTried() throws Exception {
    write("old1", "old2", "a");

    assertThat(store.batches).containsExactly(1);
    assertThat(refusals.rows).hasSize(2);
    write("old3");
    writer.flush(false);
    assertThat(store.batches).containsExactly(1);
    assertThat(refusals.rows).hasSize(3);
  }

  @Test
  void anOutageInTheMiddleOfABisectionIsWaitedFor() throws Exception {
    store.writing.add(new SQLException("bad row", "23514"));
    store.writing.add(new SQLException("gone", "08006"));

    write("a", "bad1", "c");

    assertThat(store.table).containsOnlyKeys("a", "c");
    assertThat(refusals.rows).hasSize(1);
  }

  @Test
  void refusedRowsAreFlushedWithTheCheckpoint() throws Exception {
    writer.flush(false);
    assertThat(refusals.flushes).as("nobody opened it").isZero();

    write("bad1");
    writer.flush(false);
    writer.flush(true);

    assertThat(refusals.flushes).isEqualTo(2);
  }

  @Test
  void aCheckpointFailsWhenRefusedRowsCannotBeTold() throws Exception {
    write("bad1");
    refusals.failure = new IOException("Kafka is gone");

    assertThatThrownBy(() -> writer.flush(false)).hasMessage("Kafka is gone");
  }

  @Test
  void tellsHowFarBehindTheTableIs() throws Exception {
    time.passes(10_000);
    writer.write(new TestRow("a", 0, 4_000), null);
    writer.write(new TestRow("b", 0, 7_500), null);
    writer.flush(false);

    assertThat(metrics.gauge("sink_lag_seconds")).isEqualTo(2.5);
  }

  @Test
  void looksOnceAMinuteAtWhatAilsTheTable() throws Exception {
    store.ailments = List.of("retention failed", "compression failed");
    write("a", "b", "c");
    write("d", "e", "f");
    assertThat(store.looked).isEqualTo(1);
    assertThat(metrics.gauge("sink_ailments")).isEqualTo(2);

    store.ailments = List.of();
    time.passes(59_999);
    write("a", "b", "c");
    assertThat(metrics.gauge("sink_ailments")).as("nobody has looked").isEqualTo(2);
    time.passes(1);
    write("a", "b", "c");

    assertThat(store.looked).isEqualTo(2);
    assertThat(metrics.gauge("sink_ailments")).isZero();
  }

  @Test
  void aLookThatFailsHoldsNoRowUp() throws Exception {
    store.looking.add(new SQLException("function does not exist", "42883"));

    write("a", "b", "c", "d", "e", "f");

    assertThat(store.batches).containsExactly(3, 3);
    assertThat(metrics.gauge("sink_ailments")).isZero();
    assertThat(store.disconnected).isZero();
  }

  private void write(String... keys) throws Exception {
    for (String key : keys) {
      writer.write(new TestRow(key, 0, 1), null);
    }
  }

  /** A clock that goes on when it is told to, and while somebody waits. */
  private static final class Time implements Pauses, ProcessingTimeService {
    private long nowMs;
    private Duration waited = Duration.ZERO;
    private boolean interrupted;
    private Runnable whileWaiting = () -> {};
    private Timer timer;

    private static final class Timer extends CompletableFuture<Object>
        implements ScheduledFuture<Object> {
      private final long atMs;
      private final ProcessingTimeCallback target;

      Timer(long atMs, ProcessingTimeCallback target) {
        this.atMs = atMs;
        this.target = target;
      }

      @Override
      public long getDelay(TimeUnit unit) {
        return atMs;
      }

      @Override
      public int compareTo(Delayed other) {
        return 0;
      }
    }

    void passes(long ms) {
      nowMs += ms;
      Timer due = timer;
      if (due != null && due.atMs <= nowMs) {
        timer = null;
        if (!due.isCancelled()) {
          try {
            due.target.onProcessingTime(nowMs);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        }
      }
    }

    @Override
    public long nanoTime() {
      return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }

    @Override
    public long currentTimeMs() {
      return nowMs;
    }

    @Override
    public void await(Duration pause) throws InterruptedException {
      if (interrupted) {
        throw new InterruptedException();
      }
      whileWaiting.run();
      waited = waited.plus(pause);
      nowMs += pause.toMillis();
    }

    @Override
    public long getCurrentProcessingTime() {
      return nowMs;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long atMs, ProcessingTimeCallback target) {
      assertThat(timer == null || timer.isCancelled()).as("one timer at a time").isTrue();
      timer = new Timer(atMs, target);
      return timer;
    }
  }

  private static final class Refusals implements Sink<RefusedRow> {
    private static final long serialVersionUID = 1;
    private final transient List<RefusedRow> rows = new ArrayList<>();
    private transient IOException failure;
    private int flushes;

    @Override
    public SinkWriter<RefusedRow> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(RefusedRow row, Context context) {
          assertThat(context.timestamp()).isNull();
          assertThat(context.currentWatermark()).isEqualTo(Long.MIN_VALUE);
          rows.add(row);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
          if (failure != null) {
            throw failure;
          }
          flushes++;
        }

        @Override
        public void close() throws IOException {
          if (failure != null) {
            throw failure;
          }
        }
      };
    }
  }

  private static final class Recorded extends UnregisteredMetricsGroup {
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, Gauge<?>> gauges = new HashMap<>();

    long count(String name) {
      return counters.get(name).getCount();
    }

    double gauge(String name) {
      return ((Number) gauges.get(name).getValue()).doubleValue();
    }

    @Override
    public MetricGroup addGroup(String name) {
      assertThat(name).isEqualTo("tidewatch");
      return this;
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(name, super::counter);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }
  }
}
