package io.tidewatch.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes texts token by token, so that most of what comes out still looks like the language: JSON,
 * YAML, expressions. Tokens are quoted texts, numbers, words, spaces and single signs.
 */
public final class TextMutator implements Mutator {
  /** A text that is longer is taken for a sign and what follows it. */
  private static final int MAX_TEXT_CHARS = 400;

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "-1",
          "0.1",
          "1e-400",
          "4.9e-324",
          "1.7976931348623157e308",
          "1e309",
          "9007199254740993",
          "2147483648",
          "-9223372036854775808",
          "9223372036854775807",
          "9223372036854775808",
          "1".repeat(400),
          "0." + "3".repeat(900),
          "NaN",
          "Infinity",
          "0x10",
          "1.",
          "01",
          "null",
          "true");

  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\ud83d\ude00\"",
          "\"\\u2028\\u0085\\u202e\"",
          "\"a\nb\"",
          "\"\\n\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "\\u00e9".repeat(300) + "\"",
          "\"" + "y".repeat(5_000) + "\"",
          "\"" + "z".repeat(17_000) + "\"",
          "'; DROP TABLE device_features; --",
          "\"rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==\"",
          "[]",
          "{}",
          "1",
          "null");

  private static final List<String> SIGNS =
      List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "-", "\u0000", "\ufeff");

  private static final String[][] BRACKETS = {{"[", "]"}, {"{\"a\":", "}"}, {"(", ")"}, {"- ", ""}};

  private final ByteMutator bytes = new ByteMutator();
  private final List<String> pieces;

  /**
   * @param pieces of the language of the target, which are put in
   */
  public TextMutator(List<String> pieces) {
    this.pieces =
        pieces.stream().map(piece -> new String(piece.getBytes(UTF_8), ISO_8859_1)).toList();
  }

  @Override
  public byte[] mutate(byte[] input, List<byte[]> others, RandomGenerator random) {
    if (random.nextInt(8) == 0) {
      return bytes.mutate(input, others, random);
    }
    List<String> tokens = tokens(input);
    for (int change = random.nextInt(2) * random.nextInt(4); change >= 0; change--) {
      change(tokens, others, random);
    }
    byte[] made = String.join("", tokens).getBytes(ISO_8859_1);
    return ByteMutator.cut(made);
  }

  private static List<String> tokens(byte[] input) {
    String text = new String(input, ISO_8859_1);
    List<String> tokens = new ArrayList<>();
    int end;
    for (int at = 0; at < text.length(); at = end) {
      end = end(text, at);
      tokens.add(text.substring(at, end));
    }
    return tokens;
  }

  /** Where the token that begins there ends. */
  private static int end(String text, int from) {
    char first = text.charAt(from);
    if (first == '"') {
      return endOfText(text, from);
    }
    int at = from + 1;
    if (isNumber(first)) {
      while (at < text.length()
          && (isNumber(text.charAt(at)) || ".eE+".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
    } else if (isWord(first)) {
      while (at < text.length() && (isWord(text.charAt(at)) || isNumber(text.charAt(at)))) {
        at++;
      }
    } else if (first == ' ') {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  private static int endOfText(String text, int from) {
    int last = Math.min(text.length(), from + MAX_TEXT_CHARS);
    for (int at = from + 1; at < last; at++) {
      if (text.charAt(at) == '"') {
        return at + 1;
      }
      at += text.charAt(at) == '\\' ? 1 : 0;
    }
    return from + 1;
  }

  private static boolean isNumber(char c) {
    return c == '-' || (c >= '0' && c <= '9');
  }

  private static boolean isWord(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void change(List<String> tokens, List<byte[]> others, RandomGenerator random) {
    int size = tokens.size();
    int at = random.nextInt(size + 1);
    int to = Math.min(size, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 4));
    switch (random.nextInt(9)) {
      case 0 -> tokens.subList(Math.min(at, to), to).clear();
      case 1 -> tokens.addAll(random.nextInt(size + 1), List.copyOf(sub(tokens, at, to)));
      case 2 -> tokens.add(at, one(pieces, random));
      case 3 -> tokens.add(at, latin(one(SIGNS, random)));
      case 4, 5 -> replaceValue(tokens, at, random);
      case 6 -> splice(tokens, at, others, random);
      case 7 ->
          nest(tokens, at, to, 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 20), random);
      default -> {
        List<String> part = List.copyOf(sub(tokens, at, to));
        int times = random.nextInt(random.nextInt(8) == 0 ? 1_000 : 5);
        for (int i = 0; i < times; i++) {
          tokens.addAll(at, part);
        }
      }
    }
  }

  private static List<String> sub(List<String> tokens, int from, int to) {
    return tokens.subList(Math.min(from, to), to);
  }

  /** The next value from there on: a number for a number and a text for a text, mostly. */
  private void replaceValue(List<String> tokens, int from, RandomGenerator random) {
    for (int i = from; i < tokens.size(); i++) {
      char first = tokens.get(i).isEmpty() ? ' ' : tokens.get(i).charAt(0);
      boolean number = isNumber(first);
      if (number || first == '"') {
        boolean other = random.nextInt(8) == 0;
        tokens.set(i, latin(one(number == other ? TEXTS : NUMBERS, random)));
        return;
      }
    }
  }

  private static void splice(
      List<String> tokens, int at, List<byte[]> others, RandomGenerator random) {
    List<String> other = tokens(others.get(random.nextInt(others.size())));
    tokens.subList(at, tokens.size()).clear();
    tokens.addAll(other.subList(random.nextInt(other.size() + 1), other.size()));
  }

  private static void nest(List<String> tokens, int at, int to, int times, RandomGenerator random) {
    String[] bracket = BRACKETS[random.nextInt(BRACKETS.length)];
    tokens.add(to, bracket[1].repeat(times));
    tokens.add(Math.min(at, to), bracket[0].repeat(times));
  }

  private static String one(List<String> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
