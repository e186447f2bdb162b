package io.tidewatch.jobs.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ${NAME}} and {@code ${NAME:-default}} in a text. */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private Placeholders() {}

  /**
   * @throws IllegalArgumentException naming the variable, when it is not set and has no default; or
   *     when a placeholder has another form
   */
  static String fill(String text, UnaryOperator<@Nullable String> environment) {
    if (PLACEHOLDER.matcher(text).replaceAll("").contains("${")) {
      throw new IllegalArgumentException("must be ${NAME} or ${NAME:-default} where ${ stands");
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(value(match.group(1), match.group(2), environment)));
  }

  private static String value(
      String name, @Nullable String fallback, UnaryOperator<@Nullable String> environment) {
    String value = environment.apply(name);
    if (value != null) {
      return value;
    }
    if (fallback == null) {
      throw new IllegalArgumentException("environment variable " + name + " must be set");
    }
    return fallback;
  }
}
