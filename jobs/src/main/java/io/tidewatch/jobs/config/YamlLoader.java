package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML file into a record. Keys are the record's components in snake case; unknown keys,
 * missing keys and keys that stand twice are errors. {@code ${NAME}} and {@code ${NAME:-default}}
 * in a value are taken from the environment, {@code ${file:/path}} from that file; a secret may be
 * given in no other way.
 */
public final class YamlLoader {
  private final UnaryOperator<@Nullable String> environment;
  private final ObjectMapper mapper;

  /**
   * @param environment value of an environment variable, or null
   */
  public YamlLoader(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
    this.mapper =
        YAMLMapper.builder(new YAMLFactory())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                LogicalType.Boolean,
                coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .addModule(new TimeModule())
            .build();
  }

  /** A loader that takes variables from the environment of this process. */
  public static YamlLoader ofProcess() {
    return new YamlLoader(System::getenv);
  }

  /**
   * Reads the file.
   *
   * @throws ConfigException when it cannot be read or its content cannot be used
   */
  public <T> T load(Path file, Class<T> type) {
    return convert(file, read(file), type);
  }

  /**
   * Reads the file over the shipped defaults: a key the file leaves out has the value it has in
   * {@code flink-conf/jobs/<defaults>}.
   *
   * @throws ConfigException when it cannot be read or its content cannot be used
   */
  public <T> T loadOver(String defaults, Path file, Class<T> type) {
    return loadOver(defaults, file, Map.of(), type);
  }

  /**
   * Reads the file over the shipped defaults, and what is given over the file.
   *
   * @param given as in the file: values by key at its top
   * @throws ConfigException when it cannot be read or its content cannot be used
   */
  public <T> T loadOver(String defaults, Path file, Map<String, ?> given, Class<T> type) {
    JsonNode shipped;
    try (InputStream in = YamlLoader.class.getResourceAsStream("/defaults/" + defaults)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: defaults/" + defaults);
      }
      shipped = mapper.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("defaults/" + defaults + ": " + e.getMessage(), e);
    }
    JsonNode content = merge(shipped, read(file));
    // what is no mapping stays what it is, to be refused
    return convert(
        file, content.isObject() ? merge(content, mapper.valueToTree(given)) : content, type);
  }

  /**
   * The keys at the top of the file, none when there is no mapping.
   *
   * @throws ConfigException when it cannot be read
   */
  public Set<String> keys(Path file) {
    Set<String> keys = new TreeSet<>();
    read(file).fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private JsonNode read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return mapper.readTree(in);
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + YamlErrors.syntax(e));
    } catch (IOException e) {
      throw new ConfigException(file + ": must be a readable file (" + e + ")");
    }
  }

  private <T> T convert(Path file, JsonNode tree, Class<T> type) {
    if (!tree.isObject()) {
      throw new ConfigException(file + ": must be a YAML mapping, was " + YamlErrors.kind(tree));
    }
    checkSecrets(file, "", tree);
    JsonNode resolved = resolve(file, "", tree);
    try {
      return mapper.treeToValue(resolved, type);
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + ": " + YamlErrors.content(e, resolved));
    }
  }

  private static JsonNode merge(JsonNode shipped, JsonNode given) {
    if (!(shipped instanceof ObjectNode base) || !(given instanceof ObjectNode over)) {
      return given;
    }
    ObjectNode merged = base.deepCopy();
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      JsonNode old = merged.get(entry.getKey());
      merged.set(entry.getKey(), old == null ? entry.getValue() : merge(old, entry.getValue()));
    }
    return merged;
  }

  private static void checkSecrets(Path file, String path, JsonNode node) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      String list = path.substring(0, path.length() - 1);
      checkSecrets(file, list + "[" + i + "].", node.get(i));
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = path + entry.getKey();
      if (Secret.isNameOfSecret(entry.getKey()) && !Secret.isReference(entry.getValue())) {
        throw new ConfigException(
            file
                + ": "
                + key
                + ": must be taken from the environment or a file, as ${NAME} or ${file:/path} and no more");
      }
      checkSecrets(file, key + ".", entry.getValue());
    }
  }

  private JsonNode resolve(Path file, String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode resolved = mapper.createObjectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String key = entry.getKey();
        resolved.set(key, resolve(file, path.isEmpty() ? key : path + "." + key, entry.getValue()));
      }
      return resolved;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = mapper.createArrayNode();
      for (int i = 0; i < array.size(); i++) {
        resolved.add(resolve(file, path + "[" + i + "]", array.get(i)));
      }
      return resolved;
    }
    if (node.isTextual()) {
      try {
        return TextNode.valueOf(Placeholders.fill(node.asText(), environment));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file + ": " + path + ": " + e.getMessage());
      }
    }
    return node;
  }
}
