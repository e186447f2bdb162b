package io.tidewatch.jobs.config;

import io.tidewatch.analytics.alert.AlertEvents;
import io.tidewatch.analytics.alert.SampleOrigin;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.life.Cause;
import io.tidewatch.analytics.alert.life.Transition;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mute;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alert rules in the shape of a Prometheus rule file, {@code groups: - name, interval, labels,
 * rules: - alert, expr, for, …}, and {@code mutes}; all keys are in docs/rules.md.
 */
public final class RuleFiles {
  /** An endpoint has three, a device two; room for more. */
  private static final int MAX_SERIES_LABELS = 8;

  private RuleFiles() {}

  /**
   * Reads the rules of a job.
   *
   * @param series what the rules of this job may name
   * @throws ConfigException naming file, line, column and rule, when it cannot be used
   */
  public static RuleFile load(Path file, SeriesReader<?, ?> series) {
    RuleFile read = read(file);
    for (AlertRule rule : read.rules()) {
      String mistake = series.mistake(rule);
      if (mistake != null) {
        throw new ConfigException(file + ": rule '" + rule.name() + "': " + mistake);
      }
    }
    return read;
  }

  /**
   * Reads rules, whichever job they are for.
   *
   * @throws ConfigException naming file, line, column and rule, when it cannot be used
   */
  public static RuleFile read(Path file) {
    return parse(file.toString(), text(file));
  }

  /**
   * Reads a text of rules, whichever job they are for.
   *
   * @param source for messages, as the name of the file
   * @throws ConfigException naming source, line, column and rule, when it cannot be used
   */
  public static RuleFile parse(String source, String text) {
    PlacedYaml root = PlacedYaml.parse(source, text);
    Map<String, PlacedYaml> keys = root.mapping("groups", "mutes");
    List<AlertRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (PlacedYaml group : root.required(keys, "groups").list()) {
      for (PlacedYaml entry : rules(group)) {
        AlertRule rule = RuleEntries.rule(entry, groupName(group), groupLabels(group));
        PlacedYaml named = entry.named("rule '" + rule.name() + "'");
        if (!names.add(rule.name())) {
          throw named.error("alert: must be unique in the file, was there before");
        }
        checkEvents(named, rule);
        rules.add(rule);
      }
    }
    List<Mute> mutes = new ArrayList<>();
    PlacedYaml muted = keys.get("mutes");
    if (muted != null) {
      muted.list().forEach(mute -> mutes.add(MuteEntries.mute(mute)));
    }
    return new RuleFile(rules, new Mutes(mutes));
  }

  /**
   * Reads a text of exactly one rule.
   *
   * @param name that the rule must have; for messages too
   * @throws ConfigException naming line, column and rule, when it cannot be used
   */
  public static AlertRule document(String name, String document) {
    List<AlertRule> rules = parse(name, document).rules();
    if (rules.size() != 1 || !rules.get(0).name().equals(name)) {
      throw new ConfigException(
          name
              + ": must hold exactly the rule of this name, was "
              + rules.stream().map(AlertRule::name).toList());
    }
    return rules.get(0);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(file + ": must be a readable file in UTF-8 (" + e + ")");
    }
  }

  private static Map<String, PlacedYaml> group(PlacedYaml group) {
    return group.mapping("name", "interval", "labels", "rules");
  }

  private static List<PlacedYaml> rules(PlacedYaml group) {
    Map<String, PlacedYaml> keys = group(group);
    PlacedYaml interval = keys.get("interval");
    if (interval != null) {
      RuleEntries.duration(interval);
    }
    return group.required(keys, "rules").list();
  }

  private static String groupName(PlacedYaml group) {
    return group.required(group(group), "name").text();
  }

  private static Map<String, String> groupLabels(PlacedYaml group) {
    PlacedYaml labels = group(group).get("labels");
    return labels == null ? Map.of() : labels.texts();
  }

  /** What a reader of the alert topic would refuse is refused here, by the same code. */
  private static void checkEvents(PlacedYaml named, AlertRule rule) {
    Map<String, String> series = new HashMap<>();
    for (int i = 0; i < MAX_SERIES_LABELS; i++) {
      series.put(Integer.toString(i), ""); // comes before the labels of any rule
    }
    Transition fires =
        new Transition(AlertStatus.FIRING, true, null, Cause.RECORD, 0, 0, 0, true, 0.0, null);
    AlertEvent event = AlertEvents.of(rule, series, fires, SampleOrigin.UNKNOWN);
    AlertEventCodec codec = new AlertEventCodec();
    if (codec.decode(codec.encode(event)) instanceof Decoded.Refused<AlertEvent> refused) {
      throw named.error(refused.detail());
    }
  }
}
