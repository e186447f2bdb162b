package io.tidewatch.cli.rules;

import io.tidewatch.jobs.alerting.RuleShelf;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidewatch rules list}: the rules and what the jobs make of them. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "What each job makes of each rule: its state, how many series it matched since the job was"
            + " started, and why it was refused. Each job sees all rules that are told, and says"
            + " never_matched of those that are for another one. Exits 0.")
public final class RulesListCommand implements Callable<Integer> {
  private static final String LINE = "%-24s  %-16s  %-5s  %-20s  %-13s  %7s  %s%n";

  @Spec private CommandSpec spec;

  @Mixin private RulesTopicOption topic;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public RulesListCommand() {}

  @Override
  public Integer call() {
    RuleShelf shelf = topic.shelf();
    Map<String, RuleUpdate> told = shelf.told();
    List<RuleStatus> statuses = shelf.statuses();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(LINE, "rule", "version", "from", "job", "state", "series", "reason");
    Set<String> known = new TreeSet<>();
    Map<String, Boolean> takenBySome = new TreeMap<>();
    for (RuleStatus status : statuses) {
      known.add(status.rule());
      takenBySome.merge(
          status.rule(), status.state() == RuleState.ACCEPTED, (one, other) -> one || other);
      out.printf(
          LINE,
          status.rule(),
          orNothing(status.version()),
          told.containsKey(status.rule()) ? "topic" : "file",
          status.job(),
          RuleStatusCodec.code(status.state()),
          status.matchedSeries(),
          orNothing(status.reason()));
    }
    told.values().stream()
        .filter(update -> !known.contains(update.rule()))
        .forEach(
            update ->
                out.printf(
                    LINE,
                    update.rule(),
                    "",
                    "topic",
                    "",
                    update.document() == null ? "removed" : "told",
                    "",
                    "no job has said anything of it"));
    takenBySome.forEach(
        (rule, taken) -> {
          if (!taken) {
            out.println(rule + ": no job holds it against anything");
          }
        });
    out.flush();
    return 0;
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? "" : text;
  }
}
