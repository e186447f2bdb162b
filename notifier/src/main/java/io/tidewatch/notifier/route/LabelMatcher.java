package io.tidewatch.notifier.route;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code severity="critical"}, also with {@code !=}, {@code =~} and {@code !~}. A label that is not
 * there is empty. A regular expression stands for the whole value; it is from the file of the
 * operator, not from events, and values have at most 512 characters.
 */
public final class LabelMatcher {
  private static final Pattern FORM =
      Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"([^\"\\\\]*)\"\\s*");

  private final String label;
  private final String operator;
  private final String value;
  private final @Nullable Pattern pattern;

  private LabelMatcher(String label, String operator, String value) {
    this.label = label;
    this.operator = operator;
    this.value = value;
    this.pattern = operator.endsWith("~") ? Pattern.compile(value) : null;
  }

  /**
   * @throws IllegalArgumentException saying what was expected
   */
  public static LabelMatcher parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "must be label=\"value\", or with !=, =~ or !~, was '" + text + "'");
    }
    try {
      return new LabelMatcher(form.group(1), form.group(2), form.group(3));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must have a regular expression behind "
              + form.group(2)
              + ", was '"
              + form.group(3)
              + "' ("
              + e.getDescription()
              + ")",
          e);
    }
  }

  public boolean matches(Map<String, String> labels) {
    String found = labels.getOrDefault(label, "");
    boolean same = pattern == null ? value.equals(found) : pattern.matcher(found).matches();
    return same != operator.startsWith("!");
  }

  @Override
  public String toString() {
    return label + operator + '"' + value + '"';
  }
}
