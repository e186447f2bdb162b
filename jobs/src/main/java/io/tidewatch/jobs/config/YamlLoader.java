package io.tidewatch.jobs.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML file into a record. Keys are the record's components in snake case; unknown keys,
 * missing keys and keys that stand twice are errors. {@code ${NAME}} and {@code ${NAME:-default}}
 * in a value are taken from the environment; a secret may be given in no other way.
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
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(
                new SimpleModule()
                    .addDeserializer(Duration.class, new DurationDeserializer())
                    .addDeserializer(Instant.class, new InstantDeserializer()))
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
    JsonNode shipped;
    try (InputStream in = YamlLoader.class.getResourceAsStream("/defaults/" + defaults)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: defaults/" + defaults);
      }
      shipped = mapper.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("defaults/" + defaults + ": " + e.getMessage(), e);
    }
    return convert(file, merge(shipped, read(file)), type);
  }

  private JsonNode read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return mapper.readTree(in);
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + where(e.getLocation()) + ": " + firstLine(e));
    } catch (IOException e) {
      throw new ConfigException(file + ": must be a readable file (" + e + ")");
    }
  }

  private <T> T convert(Path file, JsonNode tree, Class<T> type) {
    if (!tree.isObject()) {
      throw new ConfigException(file + ": must be a YAML mapping, was " + tree.getNodeType());
    }
    checkSecrets(file, "", tree);
    try {
      return mapper.treeToValue(resolve(file, "", tree), type);
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + ": " + explain(e));
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
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = path + entry.getKey();
      boolean secret = Secret.isNameOfSecret(entry.getKey());
      if (secret
          && !entry.getValue().asText().contains("${")
          && !entry.getValue().asText().isEmpty()) {
        throw new ConfigException(
            file + ": " + key + ": must be taken from the environment, as ${NAME}");
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

  private static String explain(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds() == null
              ? ""
              : unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", "));
      return path(unknown) + ": unknown key; known here: " + known;
    }
    if (e instanceof InvalidFormatException invalid) {
      return path(invalid)
          + ": must be "
          + expected(invalid.getTargetType())
          + ", was '"
          + invalid.getValue()
          + "'";
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      String prefix = path(refused);
      return (prefix.isEmpty() ? "" : prefix + ".") + refused.getCause().getMessage();
    }
    if (e instanceof MismatchedInputException mismatch) {
      String message = firstLine(mismatch);
      if (message.startsWith("Missing required creator property")
          || message.startsWith("Null value for creator property")) {
        return missing(path(mismatch), message);
      }
      return path(mismatch) + ": " + message;
    }
    return firstLine(e);
  }

  private static String missing(String path, String message) {
    int from = message.indexOf('\'') + 1;
    String key = message.substring(from, message.indexOf('\'', from));
    return (path.isEmpty() || path.equals(key) || path.endsWith("." + key)
            ? (path.isEmpty() ? key : path)
            : path + "." + key)
        + ": must be given, was missing";
  }

  private static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as PT30S or 30s";
    }
    if (type == Instant.class) {
      return "a time such as 2000-01-01T00:00:00Z";
    }
    if (type.isEnum()) {
      return "one of "
          + java.util.Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return "a " + type.getSimpleName();
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (Iterator<JsonMappingException.Reference> i = e.getPath().iterator(); i.hasNext(); ) {
      JsonMappingException.Reference reference = i.next();
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  private static String where(@Nullable JsonLocation location) {
    return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String firstLine(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse("");
  }

  private static final class DurationDeserializer extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationDeserializer() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Durations.parse(parser.getText());
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(parser.getText(), Duration.class, "not a duration");
      }
    }
  }

  private static final class InstantDeserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(parser.getText());
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(parser.getText(), Instant.class, "not a time");
      }
    }
  }
}
