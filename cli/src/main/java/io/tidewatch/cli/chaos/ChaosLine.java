package io.tidewatch.cli.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.testkit.chaos.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of runs as a line of JSON. */
final class ChaosLine {
  private final List<ChaosResult> results;

  ChaosLine(List<ChaosResult> results) {
    this.results = List.copyOf(results);
  }

  String text() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("ok", results.stream().allMatch(run -> run.verdict() == Verdict.PASSED));
    ArrayNode runs = root.putArray("runs");
    results.forEach(result -> put(runs.addObject(), result));
    ArrayNode goals = root.putArray("goals");
    for (ChaosGoal goal : ChaosGoal.of(results)) {
      goals
          .addObject()
          .put("what", goal.what())
          .put("goal", goal.goal())
          .put("measured", goal.measured())
          .put("reached", goal.reached());
    }
    return mapper.writeValueAsString(root);
  }

  private static void put(ObjectNode run, ChaosResult result) {
    run.put("scenario", result.scenario().toString())
        .put("seed", result.seed())
        .put("verdict", result.verdict().name().toLowerCase(Locale.ROOT))
        .put("faults", result.faults())
        .put("interrupted", result.recoveries().interrupted())
        .put("messages", result.sent())
        .put("refused", result.refused())
        .put("late", result.late())
        .put("rewrites", result.rewrites())
        .put("alerts_repeated", result.repeatedAlerts())
        .put("job_restarts", result.health().restarts())
        .put("failed_checkpoints", result.health().failedCheckpoints())
        .put("slowest_checkpoint_s", result.health().slowestCheckpointSeconds())
        .put("seconds", result.seconds())
        .put("load", result.load());
    result.lags().slowestDrain().ifPresent(drain -> run.put("drain", drain));
    result.recoveries().quantileSeconds(.5).ifPresent(p50 -> run.put("recovery_p50_s", p50));
    result.recoveries().quantileSeconds(.95).ifPresent(p95 -> run.put("recovery_p95_s", p95));
    if (Double.isFinite(result.slowestAlertSeconds())) {
      run.put("slowest_alert_s", result.slowestAlertSeconds());
    }
    put(run.putObject("rows"), result.rows());
    put(run.putObject("alerts"), result.alerts());
    put(run.putObject("people"), result.people().events());
    result.people().delaySeconds(.95).ifPresent(p95 -> run.put("told_after_p95_s", p95));
    ObjectNode deaths = run.putObject("unwanted_deaths");
    for (Map.Entry<String, Integer> death : result.unwantedDeaths().entrySet()) {
      deaths.put(death.getKey(), death.getValue());
    }
    ArrayNode problems = run.putArray("problems");
    result.problems().forEach(problems::add);
  }

  private static void put(ObjectNode node, Tally tally) {
    node.put("wanted", tally.wanted())
        .put("got", tally.got())
        .put("lost", tally.lost())
        .put("not_wanted", tally.unexpected())
        .put("wrong", tally.wrong());
  }
}
