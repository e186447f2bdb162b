package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.rule.Mutes;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules that are known where a job is submitted. Of a rule of one name, what people told by the
 * topic wins over the file, also that it was taken away.
 */
public final class StartingRules implements Serializable {
  private static final long serialVersionUID = 1;

  private final HashMap<String, String> ofFiles;
  private final HashMap<String, String> told;
  private final HashMap<String, String> refused;
  private final Mutes mutes;

  /**
   * @param ofFiles documents of the files by name of the rule
   * @param told what the topic says by name of the rule: the last usable document, an empty text
   *     where it was taken away
   * @param refused why what the topic said last of a rule cannot be used, by its name
   * @param mutes of the files, for all rules
   */
  public StartingRules(
      Map<String, String> ofFiles,
      Map<String, String> told,
      Map<String, String> refused,
      Mutes mutes) {
    this.ofFiles = new HashMap<>(ofFiles);
    this.told = new HashMap<>(told);
    this.refused = new HashMap<>(refused);
    this.mutes = mutes;
  }

  /** Those of files only. */
  public static StartingRules ofFiles(Map<String, String> documents, Mutes mutes) {
    return new StartingRules(documents, Map.of(), Map.of(), mutes);
  }

  /** When people are not told, of all rules. */
  Mutes mutes() {
    return mutes;
  }

  /** Why what the topic said last of a rule cannot be used, by its name. */
  Map<String, String> refused() {
    return refused;
  }

  /**
   * The rules to begin with, by name. What people told before the checkpoint wins over what the
   * topic held where the job was submitted: the source tells again all that came behind it. Rules
   * of files are those of the files of today.
   *
   * @param restored those of the state, empty without one
   */
  Map<String, StoredRule> over(Map<String, StoredRule> restored) {
    Map<String, StoredRule> now = new TreeMap<>();
    ofFiles.forEach((rule, document) -> now.put(rule, new StoredRule(document, false)));
    told.forEach((rule, document) -> now.put(rule, new StoredRule(document, true)));
    restored.forEach(
        (rule, stored) -> {
          if (stored.told()) {
            now.put(rule, stored);
          }
        });
    return now;
  }
}
