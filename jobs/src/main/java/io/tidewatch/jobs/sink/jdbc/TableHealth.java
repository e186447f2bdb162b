package io.tidewatch.jobs.sink.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a minute at what ails a table that takes rows nevertheless, and that nobody would
 * notice for weeks. A line in the log when it changes, a gauge all the while. Never an exception:
 * rows go on.
 */
final class TableHealth {
  private static final Logger LOG = LoggerFactory.getLogger(TableHealth.class);
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final boolean looks;
  private final Pauses pauses;
  private final SinkMetrics metrics;
  private List<String> ailments = List.of();
  private long nextNanos;

  /**
   * @param subtask of the sink; the first looks for all
   */
  TableHealth(int subtask, Pauses pauses, SinkMetrics metrics) {
    this.looks = subtask == 0;
    this.pauses = pauses;
    this.metrics = metrics;
    this.nextNanos = pauses.nanoTime();
  }

  /**
   * @param store is open
   */
  void look(BatchStore<?> store) {
    if (!looks || pauses.nanoTime() - nextNanos < 0) {
      return;
    }
    nextNanos = pauses.nanoTime() + EVERY_NANOS;
    List<String> now;
    try {
      now = store.ailments();
    } catch (SQLException e) {
      LOG.debug("{}: cannot be looked at, next try at the next look", store.table(), e);
      return;
    }
    if (!now.equals(ailments)) {
      if (now.isEmpty()) {
        LOG.info("{}: all is well again", store.table());
      } else {
        LOG.warn("{}: takes rows, but ails: {}", store.table(), String.join("; ", now));
      }
    }
    ailments = now;
    metrics.ailments(now.size());
  }
}
