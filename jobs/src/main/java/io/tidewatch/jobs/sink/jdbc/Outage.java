package io.tidewatch.jobs.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times in which a database takes nothing: waits between tries, and gives up when one lasts too
 * long. One line in the log when it begins, one when it ends.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final String table;
  private final Duration longest;
  private final Backoff backoff;
  private final Pauses pauses;
  private final SinkMetrics metrics;
  private int tries;
  private long sinceNanos;

  /**
   * @param table for people
   * @param longest outage that is waited for
   */
  Outage(String table, Duration longest, Backoff backoff, Pauses pauses, SinkMetrics metrics) {
    this.table = table;
    this.longest = longest;
    this.backoff = backoff;
    this.pauses = pauses;
    this.metrics = metrics;
  }

  /**
   * Waits before the next try.
   *
   * @throws IOException when the outage has lasted too long
   */
  void waitAfter(SQLException failure) throws IOException, InterruptedException {
    if (tries == 0) {
      sinceNanos = pauses.nanoTime();
      metrics.outageBegins(sinceNanos);
      LOG.warn(
          "{}: the database takes no rows, trying again for up to {}: {}",
          table,
          longest,
          SqlReason.of(failure).text());
    }
    tries++;
    metrics.retried();
    Duration lasted = lasted();
    if (lasted.compareTo(longest) >= 0) {
      throw new IOException(
          "%s: the database has taken no rows for %s in %d tries; sink.max_outage is %s: %s"
              .formatted(table, lasted, tries, longest, SqlReason.of(failure).text()),
          failure);
    }
    Duration left = longest.minus(lasted);
    Duration next = backoff.next();
    pauses.await(next.compareTo(left) < 0 ? next : left);
  }

  /** The database has answered. */
  void isOver() {
    if (tries == 0) {
      return;
    }
    LOG.info("{}: the database takes rows again after {} and {} tries", table, lasted(), tries);
    metrics.outageEnds(pauses.nanoTime());
    tries = 0;
    backoff.reset();
  }

  private Duration lasted() {
    return Duration.ofNanos(pauses.nanoTime() - sinceNanos);
  }
}
