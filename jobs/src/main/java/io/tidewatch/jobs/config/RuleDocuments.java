package io.tidewatch.jobs.config;

import io.tidewatch.udfs.alert.RuleReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Rules as documents, which the topic of rules and the state of a job hold: each a rule file of one
 * rule, with what its group says. Mutes stay in the file.
 */
public final class RuleDocuments {
  private static final String GROUPS = "groups";
  private static final String RULES = "rules";
  private static final String ALERT = "alert";

  private RuleDocuments() {}

  /**
   * A rule file in documents.
   *
   * @return YAML by name of the rule, in the order of the file
   * @throws ConfigException when the file cannot be read; what a rule says is not looked at
   */
  public static Map<String, String> ofFile(Path file) {
    try {
      return ofText(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException(file + ": must be a readable file in UTF-8 (" + e + ")");
    }
  }

  /**
   * A text of rules in documents.
   *
   * @param source for messages, as the name of the file
   * @return YAML by name of the rule, in the order of the text
   * @throws ConfigException when the text cannot be read; what a rule says is not looked at
   */
  public static Map<String, String> ofText(String source, String text) {
    Map<String, String> documents = new LinkedHashMap<>();
    Node root = PlacedYaml.compose(source, text);
    for (Node group : items(value(root, GROUPS))) {
      for (Node rule : items(value(group, RULES))) {
        if (value(rule, ALERT) instanceof ScalarNode name) {
          documents.put(name.getValue(), document((MappingNode) group, rule));
        }
      }
    }
    return Collections.unmodifiableMap(documents);
  }

  /** Reads documents wherever a job runs. */
  public static RuleReader reader() {
    return (name, document) -> {
      try {
        return RuleFiles.document(name, document);
      } catch (ConfigException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    };
  }

  /** All scalars as they are written, so that the rule is the same one. */
  private static String document(MappingNode group, Node rule) {
    List<NodeTuple> ofGroup = new ArrayList<>();
    for (NodeTuple each : group.getValue()) {
      boolean rules = isKey(each, RULES);
      ofGroup.add(rules ? new NodeTuple(each.getKeyNode(), list(rule)) : each);
    }
    Node only = mapping(group, ofGroup);
    Node key = new ScalarNode(Tag.STR, GROUPS, null, null, DumperOptions.ScalarStyle.PLAIN);
    StringWriter text = new StringWriter();
    yaml().serialize(mapping(group, List.of(new NodeTuple(key, list(only)))), text);
    return text.toString();
  }

  private static Node mapping(MappingNode like, List<NodeTuple> entries) {
    return new MappingNode(like.getTag(), entries, DumperOptions.FlowStyle.BLOCK);
  }

  private static Node list(Node only) {
    return new SequenceNode(Tag.SEQ, List.of(only), DumperOptions.FlowStyle.BLOCK);
  }

  private static List<Node> items(@Nullable Node list) {
    return list instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private static @Nullable Node value(@Nullable Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple each : mapping.getValue()) {
        if (isKey(each, key)) {
          return each.getValueNode();
        }
      }
    }
    return null;
  }

  private static boolean isKey(NodeTuple entry, String key) {
    return entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
  }

  private static Yaml yaml() {
    DumperOptions oneLineEach = new DumperOptions();
    oneLineEach.setSplitLines(false);
    return new Yaml(oneLineEach);
  }
}
