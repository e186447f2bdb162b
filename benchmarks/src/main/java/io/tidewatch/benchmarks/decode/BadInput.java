package io.tidewatch.benchmarks.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Messages outside the contract: what a decoder makes of them is a question of safety. */
enum BadInput {
  TEXT_FOR_A_NUMBER(good -> good.replace("12.5", "\"12.5\"")),
  NAN(good -> good.replace("12.5", "NaN")),
  BEYOND_DOUBLE(good -> good.replace("12.5", "1e400")),
  FRACTION_FOR_AN_INTEGER(good -> good.replace("200", "200.7")),
  BEYOND_INT(good -> good.replace("200", "4294967496")),
  LEADING_ZERO(good -> good.replace("200", "0200")),
  FIELD_TWICE(good -> good.replace("\"status\":200", "\"status\":500,\"status\":200")),
  FIELD_MISSING(good -> good.replace("\"status\":200,", "")),
  FIELD_NULL(good -> good.replace("200", "null")),
  SINGLE_QUOTES(good -> good.replace('"', '\'')),
  NAME_WITHOUT_QUOTES(good -> good.replace("\"status\"", "status")),
  COMMENT(good -> good.replace("{\"service\"", "{/* x */\"service\"")),
  COMMA_AT_THE_END(good -> good.replace("000}", "000,}")),
  TEXT_AFTER_THE_OBJECT(good -> good + "{}"),
  CUT_OFF(good -> good.substring(0, good.length() - 1)),
  LONE_SURROGATE(good -> good.replace("shop", "\\ud800")),
  NUL_IN_A_NAME(good -> good.replace("shop", "s\\u0000")),
  LINE_BREAK_IN_A_TEXT(good -> good.replace("shop", "a\nb")),
  NOT_UTF8(good -> good.replace("shop", "\u00c0\u0080")),
  NESTED_A_THOUSAND_DEEP(
      good -> good.replace("{\"s", "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"s"));

  private static final String GOOD =
      "{\"service\":\"shop\",\"endpoint\":\"/x\",\"method\":\"GET\",\"status\":200,"
          + "\"duration_ms\":12.5,\"event_time_ms\":1700000000000}";

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without captures
  private final UnaryOperator<String> change;

  BadInput(UnaryOperator<String> change) {
    this.change = change;
  }

  byte[] message() {
    return change.apply(GOOD).getBytes(this == NOT_UTF8 ? ISO_8859_1 : UTF_8);
  }

  static byte[] good() {
    return GOOD.getBytes(UTF_8);
  }

  /** For people. */
  String text() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether the decoder makes a record of it. */
  boolean isTakenBy(DecoderKind decoder) {
    try {
      return decoder.reader(MessageKind.LATENCY).read(message()) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
