package io.tidewatch.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.udfs.alert.RuleReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rules as documents, which the topic of rules and the state of a job hold: each a rule file of one
 * rule, with all that the file and its group say beside it.
 */
public final class RuleDocuments {
  private static final String GROUPS = "groups";
  private static final String RULES = "rules";

  private RuleDocuments() {}

  /**
   * A rule file in documents.
   *
   * @return JSON on one line by name of the rule, in the order of the file
   * @throws ConfigException when the file cannot be read; what a rule says is not looked at
   */
  public static Map<String, String> ofFile(YamlLoader loader, Path file) {
    Map<String, String> documents = new LinkedHashMap<>();
    JsonNode root = loader.tree(file);
    for (JsonNode group : root.path(GROUPS)) {
      for (JsonNode rule : group.path(RULES)) {
        String name = rule.path("alert").asText();
        if (documents.put(name, document((ObjectNode) root, group, rule)) != null) {
          throw new ConfigException(
              file + ": alert: must be unique in the file, was twice '" + name + "'");
        }
      }
    }
    return Collections.unmodifiableMap(documents);
  }

  private static String document(ObjectNode root, JsonNode group, JsonNode rule) {
    ObjectNode document = root.deepCopy();
    ObjectNode onlyGroup = group.deepCopy();
    ArrayNode rules = onlyGroup.putArray(RULES);
    rules.add(rule);
    document.putArray(GROUPS).add(onlyGroup);
    return document.toString();
  }

  /** Reads documents wherever a job runs: no variables are filled in. */
  public static RuleReader reader() {
    return (name, document) -> {
      try {
        return RuleFiles.document(name, document);
      } catch (ConfigException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    };
  }
}
