package io.tidewatch.jobs.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${file:/path}} in a text. */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?:file:([^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?)}");

  private Placeholders() {}

  /**
   * @throws IllegalArgumentException naming the variable or the file, when it is not set and has no
   *     default, or cannot be read; or when a placeholder has another form
   */
  static String fill(String text, UnaryOperator<@Nullable String> environment) {
    if (PLACEHOLDER.matcher(text).replaceAll("").contains("${")) {
      throw new IllegalArgumentException("must be ${NAME} or ${NAME:-default} where ${ stands");
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, environment)));
  }

  private static String value(MatchResult match, UnaryOperator<@Nullable String> environment) {
    @Nullable String file = match.group(1);
    return file == null ? variable(match.group(2), match.group(3), environment) : content(file);
  }

  private static String variable(
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

  /** As orchestrators hand out secrets; the line break that editors put at the end is not of it. */
  private static String content(String file) {
    try {
      return Files.readString(Path.of(file)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "file " + file + " must be readable, is not (" + e.getClass().getSimpleName() + ")");
    }
  }
}
