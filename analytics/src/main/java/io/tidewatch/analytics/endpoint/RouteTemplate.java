package io.tidewatch.analytics.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The route template of an endpoint. OpenTelemetry wants {@code http.route} to be one, since a path
 * has as many values as there are ids (semantic conventions for HTTP spans); who has no framework
 * to ask derives it from the path, as the {@code heuristic} routes of Grafana Beyla do.
 *
 * <ul>
 *   <li>What already is a template is used as given, query and all. It has a segment with {@code
 *       {…}}, {@code <…>} or {@code […]}, one that begins with {@code :name} or {@code *}, or a
 *       group of a regular expression, {@code (?}.
 *   <li>In all else query, fragment and path parameters ({@code ;jsessionid=…}) are cut, double and
 *       trailing slashes go, and what is an id becomes a placeholder, see {@link PathSegment}. What
 *       is empty then is {@code /}. Percent-encoding and letter case stay.
 *   <li>What is longer than {@value #MAX_CHARS} chars then ends at a segment before that with
 *       {@code /*}.
 * </ul>
 *
 * <p>Total: any text has a template. Idempotent: that of a template is itself. A path that needs no
 * change is returned as it is, after one scan and without memory.
 */
public final class RouteTemplate {
  /** Greatest length of what is made here; a template that is given may be longer. */
  static final int MAX_CHARS = 256;

  private static final String CUT = "/*";

  private RouteTemplate() {}

  /** The template of an endpoint. */
  public static String of(String endpoint) {
    int length = endpoint.length();
    int end = length;
    boolean plain = length > 0 && length <= MAX_CHARS;
    int segment = 0;
    for (int i = 0; i < end; i++) {
      char c = endpoint.charAt(i);
      if (isLetter(c)) {
        continue;
      }
      if (opensPlaceholder(endpoint, i, segment)) {
        return endpoint;
      }
      if (c == '?' || c == '#') {
        end = i;
      } else if (c == '/') {
        plain &= i == 0 || (i > segment && i - segment <= PathSegment.LONGEST && i + 1 < length);
        segment = i + 1;
      } else if (c != '-' && c != '_' && c != '.') {
        plain = false;
      }
    }
    if (plain && end == length && length - segment <= PathSegment.LONGEST) {
      return endpoint;
    }
    return isNormal(endpoint, end) ? endpoint : rebuilt(endpoint, end);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean opensPlaceholder(String endpoint, int at, int segment) {
    return switch (endpoint.charAt(at)) {
      case '{' -> closes(endpoint, at, '}');
      case '<' -> closes(endpoint, at, '>');
      case '[' -> closes(endpoint, at, ']');
      case '*' -> at == segment;
      case ':' -> at == segment && at + 1 < endpoint.length() && isName(endpoint.charAt(at + 1));
      case '?' -> at > 0 && endpoint.charAt(at - 1) == '(';
      default -> false;
    };
  }

  private static boolean isName(char c) {
    return isLetter(c) || c == '_';
  }

  private static boolean closes(String endpoint, int from, char closing) {
    for (int i = from + 1; i < endpoint.length() && endpoint.charAt(i) != '/'; i++) {
      if (endpoint.charAt(i) == closing) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is to be cut, dropped or replaced. */
  private static boolean isNormal(String endpoint, int end) {
    int length = endpoint.length();
    if (length == 0 || length > MAX_CHARS || end < length) {
      return false;
    }
    int from = endpoint.charAt(0) == '/' ? 1 : 0;
    while (from < end) {
      int to = endOfSegment(endpoint, from, end);
      if (to == from
          || endOfParameters(endpoint, from, to) < to
          || PathSegment.replaced(endpoint, from, to) != null) {
        return false;
      }
      from = to + 1;
    }
    // Behind the last segment comes its end, unless there is a slash.
    return length == 1 || endpoint.charAt(length - 1) != '/';
  }

  private static String rebuilt(String endpoint, int end) {
    StringBuilder out = new StringBuilder(Math.min(end, MAX_CHARS));
    boolean absolute = end == 0 || endpoint.charAt(0) == '/';
    for (int from = 0; from < end; ) {
      int next = endOfSegment(endpoint, from, end);
      int to = endOfParameters(endpoint, from, next);
      if (to > from) {
        @Nullable String replaced = PathSegment.replaced(endpoint, from, to);
        int chars = replaced == null ? to - from : replaced.length();
        if (out.length() + 1 + chars > MAX_CHARS - CUT.length()) {
          return out.append(CUT).toString();
        }
        if (absolute || out.length() > 0) {
          out.append('/');
        }
        if (replaced == null) {
          out.append(endpoint, from, to);
        } else {
          out.append(replaced);
        }
      }
      from = next + 1;
    }
    return out.length() == 0 ? "/" : out.toString();
  }

  private static int endOfSegment(String path, int from, int end) {
    int slash = path.indexOf('/', from);
    return slash < 0 || slash > end ? end : slash;
  }

  private static int endOfParameters(String path, int from, int to) {
    int semicolon = path.indexOf(';', from);
    return semicolon < 0 || semicolon > to ? to : semicolon;
  }
}
