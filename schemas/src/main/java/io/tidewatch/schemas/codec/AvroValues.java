package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.WriterType.Kind;
import io.tidewatch.schemas.reject.RejectReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value the cursor stands at, as the type the contract says; the rules are those of JSON. */
final class AvroValues {
  /** UTF-8 has no longer character. */
  private static final int MAX_BYTES_A_CHAR = 4;

  private AvroValues() {}

  /** A text that stands in many messages: the same object again, where it is still known. */
  static String repeatedText(AvroCursor in, WriterType declared, String field, TextRule rule)
      throws Refusal {
    requireText(in.readBranch(declared), field, rule);
    int length = in.readLength();
    if (length >= rule.minChars() && length <= rule.maxChars()) {
      String known = RepeatedTexts.OF_PROCESS.find(in.bytes(), in.position(), length);
      if (known != null) {
        in.take(length);
        return known;
      }
    }
    return text(in, length, () -> field, rule);
  }

  static @Nullable String optionalText(
      AvroCursor in, WriterType declared, String field, TextRule rule) throws Refusal {
    WriterType type = in.readBranch(declared);
    if (type.kind() == Kind.NULL) {
      return null;
    }
    requireText(type, field, rule);
    return text(in, in.readLength(), () -> field, rule);
  }

  /** The name of a field, put together when something is wrong with it. */
  @FunctionalInterface
  interface FieldName {
    String get();
  }

  private static void requireText(WriterType type, String field, TextRule rule) throws Refusal {
    if (type.kind() != Kind.STRING && type.kind() != Kind.BYTES) {
      throw other(type, field, rule.expected());
    }
  }

  private static String text(AvroCursor in, int length, FieldName field, TextRule rule)
      throws Refusal {
    int from = in.take(length);
    if (length > rule.maxChars() * MAX_BYTES_A_CHAR) {
      throw Refusal.invalidText(field.get(), rule, length + " bytes long");
    }
    int invalid = Utf8.firstInvalid(in.bytes(), from, from + length);
    if (invalid >= 0) {
      throw new Refusal(
          RejectReason.MALFORMED_AVRO,
          "%s: must be UTF-8, was 0x%02X at byte %d"
              .formatted(field.get(), in.bytes()[invalid], invalid));
    }
    String text = new String(in.bytes(), from, length, UTF_8);
    String violation = rule.violation(text);
    if (violation != null) {
      throw Refusal.invalidText(field.get(), rule, violation);
    }
    return text;
  }

  /** An integer of 32 or 64 bits. */
  static long integer(AvroCursor in, WriterType declared, String field, long min, long max)
      throws Refusal {
    WriterType type = in.readBranch(declared);
    long value =
        switch (type.kind()) {
          case INT -> in.readInt();
          case LONG -> in.readLong();
          default -> throw other(type, field, "an integer");
        };
    String violated = NumberRule.violated(value, min, max);
    if (violated != null) {
      throw Refusal.outOfRange(field, violated, Long.toString(value));
    }
    return value;
  }

  /** A finite number of at least {@code min}. */
  static double number(AvroCursor in, WriterType declared, String field, double min)
      throws Refusal {
    WriterType type = in.readBranch(declared);
    if (type.kind() == Kind.NULL) {
      throw Refusal.missing(field, "null");
    }
    return number(in, type, min, () -> field);
  }

  /**
   * @param type no union and not null
   */
  static double number(AvroCursor in, WriterType type, double min, FieldName field) throws Refusal {
    double value =
        switch (type.kind()) {
          case DOUBLE -> in.readDouble();
          case FLOAT -> in.readFloat();
          case INT -> in.readInt();
          case LONG -> in.readLong();
          default -> throw other(type, field.get(), "a number");
        };
    String violated = NumberRule.violated(value, min);
    if (violated != null) {
      throw Refusal.outOfRange(field.get(), violated, Double.toString(value));
    }
    return value;
  }

  /** The map that follows, of which only the values are still to be read. */
  static WriterType map(AvroCursor in, WriterType declared, String field) throws Refusal {
    WriterType type = in.readBranch(declared);
    if (type.kind() != Kind.MAP) {
      throw other(type, field, "a map");
    }
    return type;
  }

  /**
   * A map of texts, in the order of the message.
   *
   * @param maxEntries more of them are refused, so that no message fills a map
   */
  static Map<String, String> texts(
      AvroCursor in, WriterType declared, String field, TextRule rule, int maxEntries)
      throws Refusal {
    WriterType values = map(in, declared, field).items();
    Map<String, String> texts = Map.of();
    for (long entries = in.readEntries(); entries != 0; entries = in.readEntries()) {
      for (long i = 0; i < entries; i++) {
        String key = text(in, in.readLength(), () -> "name in " + field, rule);
        FieldName name = () -> field + "." + Refusal.shown(key);
        if (texts.size() == maxEntries) {
          throw Refusal.tooManyEntries(name.get(), maxEntries);
        }
        WriterType type = in.readBranch(values);
        if (type.kind() != Kind.STRING && type.kind() != Kind.BYTES) {
          throw other(type, name.get(), rule.expected());
        }
        if (texts.isEmpty()) {
          texts = new LinkedHashMap<>();
        }
        if (texts.put(key, text(in, in.readLength(), name, rule)) != null) {
          throw Refusal.duplicate(name.get());
        }
      }
    }
    return texts.isEmpty() ? texts : Collections.unmodifiableMap(texts);
  }

  /** The writer's schema allows it, this message chose it, and the contract does not have it. */
  private static Refusal other(WriterType type, String field, String expected) {
    return type.kind() == Kind.NULL
        ? Refusal.missing(field, "null")
        : Refusal.wrongType(field, expected, type.kind().text());
  }
}
