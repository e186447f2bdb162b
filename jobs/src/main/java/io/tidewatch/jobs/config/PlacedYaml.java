package io.tidewatch.jobs.config;

import io.tidewatch.schemas.codec.DetailLine;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML text that knows where it stands, for files that people write by hand: what is
 * wrong with it is said with file, line and column. All scalars are taken as they are written;
 * nothing is filled in from the environment.
 */
public final class PlacedYaml {
  private final String source;
  private final String[] lines;
  private final String path;
  private final Node node;

  private PlacedYaml(String source, String[] lines, String path, Node node) {
    this.source = source;
    this.lines = lines;
    this.path = path;
    this.node = node;
  }

  /**
   * Reads a text with one YAML document.
   *
   * @param source for messages, as the name of the file
   * @throws ConfigException when it is none
   */
  public static PlacedYaml parse(String source, String text) {
    Node node = compose(source, text);
    if (node == null) {
      throw new ConfigException(source + ": must be a YAML mapping, was empty");
    }
    return new PlacedYaml(source, text.split("\r\n|\r|\n", -1), "", node);
  }

  /**
   * What a text with one YAML document holds; null where that is nothing.
   *
   * @throws ConfigException when it is none
   */
  static @Nullable Node compose(String source, String text) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark at = e.getProblemMark();
      throw new ConfigException(
          source + (at == null ? "" : place(at.getLine(), at.getColumn())) + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw new ConfigException(source + ": " + e.getMessage());
    } catch (RuntimeException e) {
      // A fault of the parser, such as at an escape that is cut off.
      throw new ConfigException(source + ": must be YAML, cannot be parsed (" + e + ")");
    }
  }

  /** The same under another name for messages. */
  public PlacedYaml named(String name) {
    return new PlacedYaml(source, lines, name, node);
  }

  /**
   * What is wrong here.
   *
   * @param problem rule and value, as {@code must be …, was …}
   */
  public ConfigException error(String problem) {
    Mark at = node.getStartMark();
    return error(at.getLine(), at.getColumn(), problem);
  }

  /** What is wrong with a text here, at a line and column of that text, 1-based. */
  public ConfigException errorIn(int line, int column, String problem) {
    Mark at = node.getStartMark();
    if (!(node instanceof ScalarNode scalar)) {
      return error(problem);
    }
    ScalarStyle style = scalar.getScalarStyle();
    if (style == ScalarStyle.LITERAL) {
      int inFile = at.getLine() + line;
      return error(inFile, indent(at.getLine() + 1) + column - 1, problem);
    }
    if (style == ScalarStyle.FOLDED || line > 1) {
      return error(problem);
    }
    int quote = style == ScalarStyle.PLAIN ? 0 : 1;
    return error(at.getLine(), at.getColumn() + quote + column - 1, problem);
  }

  private ConfigException error(int line, int column, String problem) {
    return new ConfigException(
        source + place(line, column) + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
  }

  private int indent(int line) {
    String text = line < lines.length ? lines[line] : "";
    return text.length() - text.stripLeading().length();
  }

  private static String place(int line, int column) {
    return ":" + (line + 1) + ":" + (column + 1);
  }

  /** Whether nothing stands here. */
  public boolean isNull() {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  /** Whether a text or a number stands here. */
  public boolean isScalar() {
    return node instanceof ScalarNode && !isNull();
  }

  /** A text or a number, as it is written. */
  public String text() {
    if (!(node instanceof ScalarNode scalar) || isNull()) {
      throw wrong("a text");
    }
    return scalar.getValue();
  }

  /** A whole number of at least {@code least}. */
  public long integer(long least) {
    String text = text();
    if (text.matches("[0-9]{1,18}") && Long.parseLong(text) >= least) {
      return Long.parseLong(text);
    }
    throw error("must be a whole number of at least " + least + ", was " + DetailLine.quoted(text));
  }

  /** A list; each element is named by its number in messages. */
  public List<PlacedYaml> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("a list");
    }
    List<PlacedYaml> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(child("[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** A mapping of any keys, in the order of the file; what is null stands in it. */
  public Map<String, PlacedYaml> mapping() {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("a mapping");
    }
    Map<String, PlacedYaml> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      PlacedYaml key = new PlacedYaml(source, lines, path, tuple.getKeyNode());
      String name = key.text();
      if (entries.put(name, child(path.isEmpty() ? name : "." + name, tuple.getValueNode()))
          != null) {
        throw key.error("must stand once, was there again: " + DetailLine.quoted(name));
      }
    }
    return entries;
  }

  /** A mapping of known keys; a key whose value is null is as one that is not there. */
  public Map<String, PlacedYaml> mapping(String... known) {
    Map<String, PlacedYaml> entries = mapping();
    TreeSet<String> names = new TreeSet<>(List.of(known));
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      PlacedYaml key = new PlacedYaml(source, lines, path, tuple.getKeyNode());
      if (!names.contains(key.text())) {
        throw key.error(
            "unknown key %s; known here: %s"
                .formatted(DetailLine.quoted(key.text()), String.join(", ", names)));
      }
    }
    entries.values().removeIf(PlacedYaml::isNull);
    return entries;
  }

  /** A mapping of texts. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping().forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  /** The value of a key that has to be there. */
  public PlacedYaml required(Map<String, PlacedYaml> entries, String key) {
    PlacedYaml value = entries.get(key);
    if (value == null) {
      throw error("must have the key '" + key + "', was without");
    }
    return value;
  }

  private PlacedYaml child(String step, Node value) {
    return new PlacedYaml(source, lines, path + step, value);
  }

  private ConfigException wrong(String expected) {
    return error("must be " + expected + ", was " + kind());
  }

  private String kind() {
    if (isNull()) {
      return "missing";
    }
    if (node instanceof ScalarNode scalar) {
      return DetailLine.quoted(scalar.getValue());
    }
    return node instanceof SequenceNode ? "a list" : "a mapping";
  }
}
