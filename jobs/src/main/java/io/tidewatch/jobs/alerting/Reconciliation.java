package io.tidewatch.jobs.alerting;

import io.tidewatch.jobs.alerting.Gap.Missing;
import io.tidewatch.jobs.sink.Incident;
import io.tidewatch.jobs.sink.IncidentStatus;
import io.tidewatch.schemas.derived.AlertEvent;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code alert_incidents} held against the events of the alert topic. A job tells both
 * the same events; each makes its row or changes it as {@link io.tidewatch.jobs.sink.IncidentRows}
 * says. So, of each alert:
 *
 * <ul>
 *   <li>The row has the status of one of its events: the topic has an event of that status.
 *   <li>No alert begins with its end: the topic has another event too.
 *   <li>There is no event without a row.
 *   <li>What is over stays so in the row, whatever is told again: with the end in the topic, the
 *       row is resolved.
 * </ul>
 *
 * Whatever breaks one of these is a gap. What happened between the beginning and the last event
 * leaves nothing in a row, so it is not missed here. Labels, values and reasons are not compared.
 *
 * <p>A row or an event that is too young is not judged, since the other side may be on its way; nor
 * is an alert whose missing events may be gone from the topic by its retention.
 *
 * <p>All events come first, then all rows. Of each alert of the topic it holds less than a kilobyte
 * until its row comes.
 */
public final class Reconciliation {
  private final long sinceMs;
  private final long settledMs;
  private final Consumer<Gap> gaps;
  private final Map<String, Told> told = new LinkedHashMap<>();
  private long alerts;
  private long differing;
  private long young;
  private long beyond;

  /**
   * How many alerts there were. Those that are in none of the last three are whole.
   *
   * @param alerts all of them, in the topic or the table
   * @param differing those with a gap, or with more than one
   * @param young those that were not judged since they are too young
   * @param beyond those that were not judged since the topic does not reach back to them
   */
  public record Counts(long alerts, long differing, long young, long beyond) {}

  /**
   * @param sinceMs alerts that were triggered before this event time are not looked at,
   *     milliseconds since the epoch
   * @param settledMs rows that were written later and events that were told later are too young,
   *     milliseconds since the epoch
   * @param gaps is handed each gap
   */
  public Reconciliation(long sinceMs, long settledMs, Consumer<Gap> gaps) {
    this.sinceMs = sinceMs;
    this.settledMs = settledMs;
    this.gaps = gaps;
  }

  /**
   * An event of the topic; told again it changes nothing.
   *
   * @param toldAtMs time of its message, milliseconds since the epoch
   */
  public void event(AlertEvent event, long toldAtMs) {
    if (event.firedAtMs() >= sinceMs) {
      told.computeIfAbsent(event.alertId(), id -> new Told(event)).add(event, toldAtMs);
    }
  }

  /**
   * A row of the table.
   *
   * @param topicOldestMs time of the oldest message where its events are, milliseconds since the
   *     epoch; {@code Long.MIN_VALUE} where none is gone
   */
  public void row(Incident row, long topicOldestMs) {
    if (row.triggeredAtMs() < sinceMs) {
      return;
    }
    alerts++;
    Told events = told.remove(row.alertId());
    if (row.writtenAtMs() > settledMs) {
      young++;
      return;
    }
    Set<Missing> missing = missing(row, events);
    if (missing.isEmpty()) {
      return;
    }
    missing.removeIf(each -> toldAtMs(row, each) < topicOldestMs);
    if (missing.isEmpty()) {
      beyond++;
      return;
    }
    differing++;
    Long resolvedAtMs = row.resolvedAtMs();
    if (resolvedAtMs == null && events != null) {
      resolvedAtMs = events.resolvedAtMs;
    }
    for (Missing each : missing) {
      gaps.accept(
          new Gap(
              row.alertId(), row.rule(), row.labels(), row.triggeredAtMs(), resolvedAtMs, each));
    }
  }

  /** No row comes any more: what has none by now has none. */
  public Counts finish() {
    told.forEach(
        (alertId, events) -> {
          alerts++;
          if (events.firstMs > settledMs) {
            young++;
          } else {
            differing++;
            gaps.accept(
                new Gap(
                    alertId,
                    events.rule,
                    events.labels,
                    events.triggeredAtMs,
                    events.resolvedAtMs,
                    Missing.ROW));
          }
        });
    told.clear();
    return new Counts(alerts, differing, young, beyond);
  }

  private Set<Missing> missing(Incident row, @Nullable Told events) {
    if (events == null) {
      return EnumSet.of(Missing.EVENTS);
    }
    Set<Missing> missing = EnumSet.noneOf(Missing.class);
    if (!events.statuses.contains(row.status())) {
      missing.add(
          switch (row.status()) {
            case ACTIVE -> Missing.ACTIVE;
            case SUPPRESSED -> Missing.SUPPRESSED;
            case RESOLVED -> Missing.END;
          });
    }
    if (row.status() != IncidentStatus.RESOLVED) {
      if (events.endMs <= settledMs) {
        missing.add(Missing.END_OF_ROW);
      }
    } else if (events.statuses.equals(EnumSet.of(IncidentStatus.RESOLVED))) {
      missing.add(Missing.BEGINNING);
    }
    return missing;
  }

  /** When what is missing was told, at the earliest. */
  private static long toldAtMs(Incident row, Missing missing) {
    return switch (missing) {
      case EVENTS, ACTIVE, SUPPRESSED, END -> row.writtenAtMs();
      case BEGINNING -> row.triggeredAtMs();
      case ROW, END_OF_ROW -> Long.MAX_VALUE;
    };
  }

  /** What is kept of the events of an alert. */
  private static final class Told {
    private final String rule;
    private final Map<String, String> labels;
    private final long triggeredAtMs;
    private final Set<IncidentStatus> statuses = EnumSet.noneOf(IncidentStatus.class);
    private @Nullable Long resolvedAtMs;
    private long firstMs = Long.MAX_VALUE;
    private long endMs = Long.MAX_VALUE;

    Told(AlertEvent event) {
      this.rule = event.rule();
      this.labels = event.labels();
      this.triggeredAtMs = event.firedAtMs();
    }

    void add(AlertEvent event, long toldAtMs) {
      IncidentStatus status = IncidentStatus.of(event.status());
      statuses.add(status);
      firstMs = Math.min(firstMs, toldAtMs);
      if (status == IncidentStatus.RESOLVED) {
        endMs = Math.min(endMs, toldAtMs);
        resolvedAtMs = event.resolvedAtMs();
      }
    }
  }
}
