package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value the parser stands at, as the type the contract says. A refusal names the field by where
 * the parser stands, so that a good message pays nothing for it.
 */
final class JsonValues {
  private JsonValues() {}

  /** A text that hardly repeats. */
  static String text(JsonParser parser, TextRule rule) throws IOException, Refusal {
    requireText(parser, rule);
    return checked(parser, rule);
  }

  /** A text that stands in many messages: the same object again, where it is still known. */
  static String repeatedText(JsonParser parser, TextRule rule) throws IOException, Refusal {
    requireText(parser, rule);
    try {
      char[] chars = parser.getTextCharacters();
      int length = parser.getTextLength();
      if (length >= rule.minChars() && length <= rule.maxChars()) {
        String known = RepeatedTexts.OF_PROCESS.find(chars, parser.getTextOffset(), length);
        if (known != null) {
          return known;
        }
      }
    } catch (StreamConstraintsException e) {
      throw tooLong(parser, rule);
    }
    return checked(parser, rule);
  }

  private static void requireText(JsonParser parser, TextRule rule) throws IOException, Refusal {
    // The description is built only when it is needed: it costs more than all of the message.
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      require(parser, JsonToken.VALUE_STRING, rule.expected());
    }
  }

  private static String checked(JsonParser parser, TextRule rule) throws IOException, Refusal {
    String text;
    try {
      text = parser.getText();
    } catch (StreamConstraintsException e) {
      throw tooLong(parser, rule);
    }
    String violation = rule.violation(text);
    if (violation != null) {
      throw invalidText(parser, rule, violation);
    }
    return text;
  }

  private static Refusal tooLong(JsonParser parser, TextRule rule) {
    return invalidText(parser, rule, "longer than " + JsonMessage.MAX_TEXT_CHARS + " chars");
  }

  static @Nullable String optionalText(JsonParser parser, TextRule rule)
      throws IOException, Refusal {
    return isNull(parser) ? null : text(parser, rule);
  }

  /** An integer as JSON writes it: without fraction, without exponent. */
  static long integer(JsonParser parser, long min, long max) throws IOException, Refusal {
    require(parser, JsonToken.VALUE_NUMBER_INT, "an integer");
    long value;
    try {
      value = parser.getLongValue();
    } catch (InputCoercionException e) {
      throw outOfRange(parser, NumberRule.integerFrom(min, max));
    }
    String violated = NumberRule.violated(value, min, max);
    if (violated != null) {
      throw outOfRange(parser, violated);
    }
    return value;
  }

  /** A finite number of at least {@code min}. */
  static double number(JsonParser parser, double min) throws IOException, Refusal {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
      require(parser, JsonToken.VALUE_NUMBER_INT, "a number");
    }
    double value = parser.getDoubleValue();
    String violated = NumberRule.violated(value, min);
    if (violated != null) {
      throw outOfRange(parser, violated);
    }
    return value;
  }

  /**
   * An object of texts, in the order of the message; null is the empty one.
   *
   * @param maxEntries more of them are refused, so that no message fills a map
   */
  static Map<String, String> texts(
      JsonParser parser, TextRule keys, TextRule values, int maxEntries)
      throws IOException, Refusal {
    return isNull(parser) ? Map.of() : entries(parser, keys, maxEntries, at -> text(at, values));
  }

  /** What a field is read as; the parser stands at its value. */
  @FunctionalInterface
  private interface Value<T> {
    T read(JsonParser parser) throws IOException, Refusal;
  }

  private static <T> Map<String, T> entries(
      JsonParser parser, TextRule names, int maxEntries, Value<T> value)
      throws IOException, Refusal {
    require(parser, JsonToken.START_OBJECT, "an object");
    Map<String, T> entries = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      String violation = names.violation(name);
      if (violation != null) {
        throw Refusal.invalidText("name of " + field(parser), names, violation);
      }
      if (entries.size() == maxEntries) {
        throw Refusal.tooManyEntries(field(parser), maxEntries);
      }
      parser.nextToken();
      if (entries.put(name, value.read(parser)) != null) {
        throw duplicate(parser);
      }
    }
    return entries.isEmpty() ? Map.of() : Collections.unmodifiableMap(entries);
  }

  /** A number from 0 to 1. */
  static double share(JsonParser parser) throws IOException, Refusal {
    double share = number(parser, 0);
    if (share > 1) {
      throw outOfRange(parser, "a number from 0 to 1");
    }
    return share;
  }

  /**
   * An object of shares, in the order of the message; null is refused.
   *
   * @param maxEntries more of them are refused
   */
  static Map<String, Double> shares(JsonParser parser, TextRule names, int maxEntries)
      throws IOException, Refusal {
    return entries(parser, names, maxEntries, JsonValues::share);
  }

  static boolean truth(JsonParser parser) throws IOException, Refusal {
    if (parser.currentToken() != JsonToken.VALUE_FALSE) {
      require(parser, JsonToken.VALUE_TRUE, "a boolean");
      return true;
    }
    return false;
  }

  /**
   * One of the constants, by its {@linkplain JsonMessage#code code}.
   *
   * @param rule what the text must be before it is compared
   */
  static <E extends Enum<E>> E constant(JsonParser parser, TextRule rule, E[] all)
      throws IOException, Refusal {
    String found = text(parser, rule);
    for (E candidate : all) {
      if (JsonMessage.code(candidate).equals(found)) {
        return candidate;
      }
    }
    throw new Refusal(
        RejectReason.INVALID_TEXT,
        "%s: must be %s, was %s"
            .formatted(
                field(parser),
                Stream.of(all).map(JsonMessage::code).collect(Collectors.joining(", ")),
                DetailLine.quoted(found)));
  }

  static boolean isNull(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Refuses null as missing and any other token than the wanted one as of the wrong type. */
  static void require(JsonParser parser, JsonToken wanted, String expected)
      throws IOException, Refusal {
    JsonToken found = parser.currentToken();
    if (found == wanted) {
      return;
    }
    if (found == JsonToken.VALUE_NULL) {
      throw Refusal.missing(field(parser), "null");
    }
    throw Refusal.wrongType(field(parser), expected, nameOf(found));
  }

  /**
   * Marks a field as seen.
   *
   * @param seen one bit a field of the object
   * @param field the bit of the field the parser stands at
   */
  static int once(JsonParser parser, int seen, int field) throws Refusal {
    if ((seen & field) != 0) {
      throw duplicate(parser);
    }
    return seen | field;
  }

  static Refusal duplicate(JsonParser parser) {
    return Refusal.duplicate(field(parser));
  }

  /**
   * Refuses an object without the field, once the whole object has been read.
   *
   * @param seen one bit a field of the object
   * @param field the bit of the field
   */
  static void present(int seen, int field, String name) throws Refusal {
    if ((seen & field) == 0) {
      throw Refusal.missing(name, "absent");
    }
  }

  /** The value of a required field, once the whole object has been read. */
  static <T> T present(@Nullable T value, String field) throws Refusal {
    if (value == null) {
      throw Refusal.missing(field, "absent");
    }
    return value;
  }

  /** The field the parser stands at, from the root: {@code fields.cpu_percent}. */
  static String field(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    JsonStreamContext context = parser.getParsingContext();
    while (context != null && !context.inRoot()) {
      String name = context.getCurrentName();
      if (name != null) {
        path.insert(0, path.isEmpty() ? Refusal.shown(name) : Refusal.shown(name) + ".");
      }
      context = context.getParent();
    }
    return path.toString();
  }

  static String nameOf(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a number with fraction or exponent";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      default -> "something else";
    };
  }

  private static Refusal invalidText(JsonParser parser, TextRule rule, String found) {
    return Refusal.invalidText(field(parser), rule, found);
  }

  private static Refusal outOfRange(JsonParser parser, String expected) throws IOException {
    return Refusal.outOfRange(field(parser), expected, parser.getText());
  }
}
