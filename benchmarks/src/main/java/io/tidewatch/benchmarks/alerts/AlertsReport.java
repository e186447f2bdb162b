package io.tidewatch.benchmarks.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The result as a document and a line of JSON. */
record AlertsReport(AlertsResult result) {
  /** Of the delay of 99 of 100 alert events, in milliseconds. */
  static final double GOAL_MS = 1_000;

  /** Markdown. */
  String text(Machine machine, String command, List<String> flags) {
    PacedResult paced = result.paced();
    StormResult storm = result.storm();
    return head(machine, command, flags)
        + format(
            """

            ## Goals

            | what | goal | measured | reached |
            |---|---|---|---|
            | p99 of the delay of an alert event at half of the capacity, at-least-once, ms | < %,.0f | %,.0f | %s |
            | of %,d devices that cross in one second: events on the topic | all | %,d | yes |
            | a group of the notifier: three messages within an interval of %d s, or more than one for each | never | %d of %d groups in %.0f s | yes |

            The last two are counted by the run, which fails when they are not so.

            ## Delay

            | capacity, records/s | sent, records/s | devices | events | p50 ms | p99 ms | max ms | writer behind, max ms | CPUs busy |
            |---|---|---|---|---|---|---|---|---|
            | %,.0f | %,d | %,d | %,d | %,.0f | %,.0f | %,.0f | %,.0f | %.1f |
            """,
            GOAL_MS,
            paced.p99Ms(),
            isReached() ? "yes" : "no",
            storm.size().devices(),
            storm.firing(),
            storm.size().groupIntervalSeconds(),
            storm.messages(),
            storm.groups(),
            storm.observedSeconds(),
            result.recordsPerSecond(),
            paced.recordsPerSecond(),
            paced.devices(),
            paced.events(),
            paced.p50Ms(),
            paced.p99Ms(),
            paced.maxMs(),
            paced.writerLagMs(),
            paced.busyCpus())
        + DELAY
        + format(
            """

            ## Storm

            | devices | firing events | first, s | last, s | resolved events | groups | messages | least time between two of a group, s | observed, s |
            |---|---|---|---|---|---|---|---|---|
            | %,d | %,d | %.2f | %.2f | %,d | %d | %d | %.1f | %.0f |

            All devices, one reading a second each, cross the threshold in one event-second; when the windows before have
            fired, the readings are written that let the rule fire for all of them at once. *first*, *last*: from then
            until the first and the last firing event was read from the topic. Each series fired exactly once. When the
            receiver of the notifier has been told of all of them, every other device is well again, and resolved exactly
            once. The notifier is the one that is shipped, with a route for each of %d lines of devices, a `group_wait` of
            %d s and a `group_interval` of %d s. Each message says of how many alerts it is; each group was told of all of
            its %,d: that they fire, and that half of them are over. The time between two messages is as the receiver had them; one
            that waited for its turn (`delivery.every`) comes later, and the next need not.
            """,
            storm.size().devices(),
            storm.firing(),
            storm.firstSeconds(),
            storm.lastSeconds(),
            storm.resolved(),
            storm.groups(),
            storm.messages(),
            storm.leastGapSeconds(),
            storm.observedSeconds(),
            StormSize.GROUPS,
            storm.size().groupWaitSeconds(),
            storm.size().groupIntervalSeconds(),
            storm.size().devicesOfGroup());
  }

  private static final String DELAY =
      """

      *delay* of an event: the window that makes it ends at T. It fires when event time has passed T, which is when the
      readings come whose event time is 5 s behind T: `max_out_of_orderness`, for which the job is told to wait, and no
      delay. Readings are sent evenly, each device ten a second, and their event time is the moment at which they are due.
      So the delay begins when the readings of T + 5 s are due, also where the writer was late with them, and ends when
      a plain consumer has the event. In it: writer, broker, decoding, up to 200 ms until the source tells a new watermark
      (`pipeline.auto-watermark-interval`), all windows that fire in the same moment, the rule, broker, consumer. Not in it:
      the 5 s; that a window ends up to one slide (1 s) behind the reading that crosses; and what the rule waits (`for: 5s`).
      Events are delivered at least once, at once and not with a checkpoint. Both firing and resolved ones count; they were
      exactly those that the readings make.

      *capacity*: the pace at which the same job reads a backlog of the same readings. The writer and the reader, which are
      not there then, run on the same processors.
      """;

  private String head(Machine machine, String command, List<String> flags) {
    AlertsPlan plan = result.plan();
    return format(
        """
        # Alerts: how soon, and in a storm

        Written by `%s`; do not edit. %s

        The telemetry job with the shipped configuration, models and rules (`%s`: mean of 10 s, each second, above %d mm/s
        for %d s), parallelism 2, a checkpoint every 10 s, rows to PostgreSQL, vectors, events, present states and statuses of
        rules to Kafka. Kafka, Flink, writer, reader and notifier are in one JVM (`%s`), PostgreSQL beside it. The capacity is
        measured over %d event-seconds of %,d devices, behind %d that warm up; the delays over %d s, behind %d.

        **%s**

        Load average at the start %.1f.
        """,
        command,
        machine.date(),
        Faults.RULE,
        Faults.THRESHOLD,
        Faults.HOLD_SECONDS,
        String.join(" ", flags),
        plan.backlogSeconds() - plan.backlogWarmUpSeconds(),
        plan.backlogDevices(),
        plan.backlogWarmUpSeconds(),
        plan.pacedSeconds(),
        plan.pacedWarmUpSeconds(),
        machine.description(),
        result.loadAverage());
  }

  /** One line. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "alerts");
    root.set("figures", mapper.valueToTree(result));
    root.putArray("goals")
        .addObject()
        .put("goal", "p99 of the delay of an alert event at half of the capacity, ms")
        .put("target", GOAL_MS)
        .put("measured", result.paced().p99Ms())
        .put("reached", isReached());
    return mapper.writeValueAsString(root);
  }

  private boolean isReached() {
    return result.paced().events() > 0 && result.paced().p99Ms() < GOAL_MS;
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
