package io.tidewatch.udfs.alert;

import io.tidewatch.analytics.alert.rule.AlertRule;
import java.io.Serializable;

/** A document to its rule. */
@FunctionalInterface
public interface RuleReader extends Serializable {

  /**
   * The rule; the same for the same document, wherever it is read.
   *
   * @param name the rule must have
   * @param document a rule file of one rule, JSON or YAML
   * @throws IllegalArgumentException when it is not one; the message is one line for a person
   */
  AlertRule read(String name, String document);
}
