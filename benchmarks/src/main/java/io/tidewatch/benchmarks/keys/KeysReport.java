package io.tidewatch.benchmarks.keys;

import io.tidewatch.benchmarks.Figure;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.variant.FlinkRun;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.util.List;
import java.util.Locale;

/** The results as a document. */
final class KeysReport {
  private final KeysPlan plan;
  private final KeysResults results;
  private final Machine machine;
  private final String command;
  private final List<String> flags;

  /**
   * @param flags of the JVM of the waves
   */
  KeysReport(
      KeysPlan plan, KeysResults results, Machine machine, String command, List<String> flags) {
    this.plan = plan;
    this.results = results;
    this.machine = machine;
    this.command = command;
    this.flags = flags;
  }

  /** Markdown. */
  String text() {
    StringBuilder text = new StringBuilder(head());
    text.append("\n## Goals\n\n| what | goal | measured | reached |\n|---|---|---|---|\n");
    KeysGoal.of(results.returns()).forEach(goal -> text.append(goal.line()).append('\n'));
    waves(text);
    sizes(text);
    paces(text);
    return text.toString();
  }

  private String head() {
    return format(
        """
        # State of many keys: what one costs, and that nothing is left

        Written by `%s`; do not edit. %s

        **%s**

        Functions, keys, records and serializers are those of the jobs; parallelism 1, each run in a JVM of its own.
        Memory does not depend on what else the machine does, pace does: read its ratios.
        """,
        command, machine.date(), machine.description());
  }

  private void waves(StringBuilder text) {
    KeysSpec spec = results.returns().get(0).spec();
    Waves waves = spec.events();
    text.append(
        format(
            """

            ## Keys that come once and fall silent, state on disk (RocksDB)

            Windows of %d s, each %d s: the state of a key lives for %d s of event time after its record, and a timer frees it.
            Waves of keys that were never there before, one record each, spread over %d s, then silence until the watermark
            has passed all their windows. State backend `%s`, incremental checkpoints every %d s, %d MB of managed memory,
            JVM with `%s`. The base was taken when a first wave of %,d keys had gone, so that all classes were loaded.
            """,
            spec.windowSeconds(),
            spec.slideSeconds(),
            spec.windowSeconds(),
            waves.activeSeconds(),
            spec.backend(),
            plan.checkpointSeconds(),
            FlinkRun.MANAGED.getMebiBytes(),
            String.join(" ", flags),
            waves.warmUpKeys()));
    for (KeysResult result : results.returns()) {
      text.append(
          """

          ### %s

          | moment | keys | timers | savepoint MB | heap MB | process MB | checkpoint MB | files MB | keys, by RocksDB's estimate |
          |---|---|---|---|---|---|---|---|---|
          """
              .formatted(result.spec().kind().label()));
      result.moments().forEach(moment -> text.append(row(moment)));
    }
    text.append(
        """

        *keys*, *timers*: entries of a canonical savepoint, counted one by one: what lives, exactly. *savepoint*: all of
        its files. *heap*: after collections. *process*: resident memory, with RocksDB's own. *checkpoint*, *files*,
        *estimate*: of RocksDB as it stands, with what is deleted but not yet compacted away, so they come down when
        RocksDB compacts and not when a key ends; the last two may be 5 s old.
        """);
  }

  private static String row(Moment moment) {
    Census census = moment.census();
    return format(
        "| %s | %,d | %,d | %s | %s | %s | %s | %s | %,d |%n",
        moment.name(),
        census.keys(),
        census.timers(),
        megabytes(census.fileBytes()),
        megabytes(moment.heapBytes()),
        megabytes(moment.residentBytes()),
        megabytes(moment.checkpointBytes()),
        megabytes(moment.fileBytes()),
        moment.estimatedKeys());
  }

  private void sizes(StringBuilder text) {
    text.append(
        format(
            """

            ## Bytes of a key

            Steady keys on the heap (`%s`), windows that slide by a second: *overlap* panes a key. Durations are lognormal,
            the 99th percentile ten times the median; feature records have %d fields. Taken when a window has just moved over
            the cut of its blocks, when it holds most; difference to the same process without keys, over so many keys.

            | windows | overlap | records a key and second | keys | heap bytes a key | a pane | savepoint bytes a key | a pane |
            |---|---|---|---|---|---|---|---|
            """,
            Setting.HEAP, WindowKind.FIELDS));
    for (KeysResult size : results.sizes()) {
      KeysSpec spec = size.spec();
      double heap = size.perKey(Moment::heapBytes);
      double savepoint = size.perKey(moment -> moment.census().fileBytes());
      text.append(
          format(
              "| %s | %d | %d | %,d | %,.0f | %,.0f | %,.0f | %,.0f |%n",
              spec.kind().label(),
              spec.overlap(),
              spec.perKeyAndSecond(),
              size.full().census().keys(),
              heap,
              heap / spec.overlap(),
              savepoint,
              savepoint / spec.overlap()));
    }
    text.append(
        """

        *heap*: entry of the table of state, key, timers, panes and what is merged of the window. *savepoint*: key, panes
        and timers. On disk a key costs about its savepoint bytes, and none of the heap.
        """);
  }

  private void paces(StringBuilder text) {
    text.append(
        format(
            """

            ## Pace on disk and on the heap

            `latency` of `tidewatch bench windows`, %,d keys, %d records a key and event-second. Records per
            CPU-second of the whole process, both backends in turn, %d time(s); the ratio is of each time.

            | overlap | `%s` | `%s` | heap / disk |
            |---|---|---|---|
            """,
            KeysPlan.PACE_KEYS,
            KeysPlan.PACE_RATE,
            plan.repetitions(),
            Setting.HEAP,
            Setting.DISK));
    for (RunSpec spec : results.paces().specs()) {
      text.append(
          format(
              "| %d | %s | %s | %s |%n",
              spec.overlap(),
              pace(spec, Setting.HEAP),
              pace(spec, Setting.DISK),
              results.paces().ratio(spec).map(Figure::ratio).orElse("")));
    }
    text.append(
        """

        On disk each record reads and writes all panes of its key, and each window merges them anew, since what is merged
        of a window is kept on the heap only. On the heap neither depends on the overlap.

        A layout with the open pane in a state of its own would let a record touch that pane alone. It would not help a
        window that fires, and a key with one record a slide would pay for two states. Partial panes that are made before
        `keyBy`, one a key and slide, save the same reads and writes without another layout, on the heap as well; what is
        left then is one record and one fire a key and slide, which cost the same in both layouts but for a factor of two.
        So the layout stays as it is ([ADR 3](../adr/0003-panes-in-one-value-state.md)).
        """);
  }

  private String pace(RunSpec spec, String backend) {
    return results.paces().perCpuSecond(spec, backend).map(Figure::wholes).orElse("not full");
  }

  private static String megabytes(long bytes) {
    return bytes == 0 ? "" : format(bytes < 100_000 ? "%.3f" : "%.1f", bytes / 1e6);
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
