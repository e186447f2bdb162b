package io.tidewatch.schemas.rule;

import org.jspecify.annotations.Nullable;

/**
 * One message of the topic of rules, not yet checked.
 *
 * @param rule name of the rule, the key of the message
 * @param document a rule file of one rule, JSON or YAML; null takes the rule away
 */
public record RuleUpdate(String rule, @Nullable String document) {

  /** A longer one is refused: rules are read by people. */
  public static final int MAX_DOCUMENT_CHARS = 16 << 10;
}
