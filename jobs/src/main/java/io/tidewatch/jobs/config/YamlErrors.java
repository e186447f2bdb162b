package io.tidewatch.jobs.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a YAML file, for a person: one line with key, rule and value. */
final class YamlErrors {
  private static final String MAPPING = "a mapping";
  private static final String LIST = "a list";

  private YamlErrors() {}

  /** Place and problem of a file that is no YAML. */
  static String syntax(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) {
      return ": must be one YAML document, was followed by another";
    }
    JsonLocation at = e.getLocation();
    return (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": " + message(e);
  }

  /** Why the content does not fit the record it is to fill. */
  static String content(JsonProcessingException e, JsonNode tree) {
    if (!(e instanceof JsonMappingException refused)) {
      return message(e);
    }
    String path = path(refused);
    if (e instanceof UnrecognizedPropertyException unknown) {
      return path + ": unknown key; known here: " + known(unknown);
    }
    Throwable cause = e.getCause();
    if (e instanceof ValueInstantiationException && cause != null) {
      return (path.isEmpty() ? "" : path + ".") + cause.getMessage();
    }
    JsonNode found = find(refused, tree);
    if (found == null || found.isNull()) {
      return path + ": must be given, was missing";
    }
    if (e instanceof MismatchedInputException mismatch) {
      String expected = expected(mismatch.getTargetType());
      boolean scalar = found.isValueNode() && !expected.equals(MAPPING) && !expected.equals(LIST);
      return path
          + ": must be "
          + expected
          + ", was "
          + (scalar ? "'" + found.asText() + "'" : kind(found));
    }
    return path + ": " + message(e);
  }

  /** What stands there, without the value itself. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> MAPPING;
      case ARRAY -> LIST;
      case MISSING, NULL -> "empty";
      default -> "one value";
    };
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> ids = unknown.getKnownPropertyIds();
    return ids == null
        ? ""
        : ids.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null || type.isRecord() || Map.class.isAssignableFrom(type)) {
      return MAPPING;
    }
    if (type == Duration.class) {
      return "a duration such as PT30S or 30s, at most " + Durations.LONGEST;
    }
    if (type == Instant.class) {
      return "a time such as 2000-01-01T00:00:00Z";
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return LIST;
    }
    return type == String.class || type == Secret.class ? "a text" : MAPPING;
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  private static @Nullable JsonNode find(JsonMappingException e, JsonNode tree) {
    JsonNode node = tree;
    for (JsonMappingException.Reference reference : e.getPath()) {
      node =
          reference.getFieldName() == null
              ? node.get(reference.getIndex())
              : node.get(reference.getFieldName());
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /** The parser quotes the lines around a problem, indented; they may hold a secret. */
  private static String message(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
  }
}
