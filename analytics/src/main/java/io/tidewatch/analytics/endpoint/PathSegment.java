package io.tidewatch.analytics.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What of one segment of a path is an id. The whole segment becomes
 *
 * <ul>
 *   <li>{@code {text}}: longer than {@value #LONGEST} chars
 *   <li>{@code {email}}: an {@code @} or {@code %40} with something on both sides
 *   <li>{@code {date}}: {@code 2024-05-06}, also with a time behind it
 *   <li>{@code {id}}: digits, also with signs between them: {@code 42}, {@code -1}, {@code
 *       10.0.0.1}; not {@code 1.0} or {@code 2.13}, which are versions
 *   <li>{@code {token}}: 20 or more of {@code A-Za-z0-9_=-} that change between capital, small
 *       letter and numeral at 4 in 9 places: base64url, KSUID
 * </ul>
 *
 * and else each run of letters and digits in it, all that is between other chars,
 *
 * <ul>
 *   <li>{@code {uuid}}: a UUID, with dashes or as 32 hexadecimal digits
 *   <li>{@code {hash}}: 8 or more hexadecimal digits with letters and numerals among them: hashes,
 *       Mongo ObjectIds, trace ids
 *   <li>{@code {token}}: 10 or more chars that change between letter and numeral 4 times: ULID,
 *       KSUID, nanoid
 *   <li>{@code {id}}: 4 or more digits, or any number of them before {@code .} or {@code :} at the
 *       start, or 5 digits in a row between letters: {@code order-1234}, {@code 7.json}, {@code
 *       ord00017}
 * </ul>
 *
 * <p>So {@code v1}, {@code oauth2}, {@code s3}, {@code ipv4}, {@code utf-8} and {@code rfc9110}
 * stay. Two or more runs that are all ids, with nothing that stays, are one {@code {token}}. It is
 * a heuristic: an id without a digit is a word to it.
 */
final class PathSegment {
  /** No word of a route is as long; the name limit of many file systems is not much more. */
  static final int LONGEST = 100;

  private static final int LEAST_BASE64 = 20;
  private static final int LEAST_TOKEN = 10;
  private static final int LEAST_CHANGES = 4;
  private static final int LEAST_HASH = 8;
  private static final int LEAST_DIGITS = 4;
  private static final int LEAST_DIGITS_IN_WORD = 5;
  private static final int UUID_CHARS = 36;
  private static final int UUID_DIGITS = 32;
  private static final String DATE = "0000-00-00";

  private PathSegment() {}

  /** What stands for the segment; null when it stays as it is. */
  static @Nullable String replaced(String path, int from, int to) {
    if (to - from > LONGEST) {
      return "{text}";
    }
    int digits = 0;
    boolean at = false;
    for (int i = from; i < to; i++) {
      digits += isDigit(path.charAt(i)) ? 1 : 0;
      at |= path.charAt(i) == '@';
    }
    if ((digits == 0 && !at) || isVersion(path, from, to)) {
      return null;
    }
    String whole = whole(path, from, to);
    return whole != null ? whole : runs(path, from, to);
  }

  private static @Nullable String whole(String path, int from, int to) {
    if (to - from == UUID_CHARS && isUuid(path, from, to)) {
      return "{uuid}";
    }
    if (isEmail(path, from, to)) {
      return "{email}";
    }
    if (isDate(path, from, to)) {
      return "{date}";
    }
    if (isNumber(path, from, to)) {
      return "{id}";
    }
    String run = endOfRun(path, from, to) == to ? id(path, from, to, false) : null;
    return run != null || !isBase64(path, from, to) ? run : "{token}";
  }

  private static boolean isEmail(String path, int from, int to) {
    for (int i = from + 1; i < to - 1; i++) {
      if (path.charAt(i) == '@' || (path.startsWith("%40", i) && i + 3 < to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDate(String path, int from, int to) {
    if (to - from < DATE.length()) {
      return false;
    }
    for (int i = 0; i < DATE.length(); i++) {
      char c = path.charAt(from + i);
      if (DATE.charAt(i) == '0' ? !isDigit(c) : c != '-') {
        return false;
      }
    }
    int behind = from + DATE.length();
    return behind == to || "Tt_ %.".indexOf(path.charAt(behind)) >= 0;
  }

  /** One or two digits, a dot, one or two digits. */
  private static boolean isVersion(String path, int from, int to) {
    int dot = path.indexOf('.', from);
    return dot > from
        && dot <= from + 2
        && to > dot + 1
        && to <= dot + 3
        && areDigits(path, from, dot)
        && areDigits(path, dot + 1, to);
  }

  private static boolean areDigits(String path, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String path, int from, int to) {
    boolean digits = false;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      digits |= isDigit(c);
      if (!isDigit(c) && "-+.,:_~".indexOf(c) < 0) {
        return false;
      }
    }
    return digits;
  }

  private static boolean isBase64(String path, int from, int to) {
    int changes = 0;
    int before = 0;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      if (isAscii(c)) {
        int kind = isDigit(c) ? 1 : c < 'a' ? 2 : 3;
        changes += before != 0 && kind != before ? 1 : 0;
        before = kind;
      } else if ("_=-".indexOf(c) < 0) {
        return false;
      }
    }
    // Of random ones 62 in 100 neighbours differ, in camelCase about 35.
    return to - from >= LEAST_BASE64 && changes * 9 >= (to - from) * 4;
  }

  private static @Nullable String runs(String path, int from, int to) {
    StringBuilder out = null;
    int ids = 0;
    boolean words = false;
    int copied = from;
    for (int at = from; at < to; ) {
      int behind = behindSign(path, at, to);
      if (behind > at) {
        at = behind;
        continue;
      }
      int end = isUuid(path, at, to) ? at + UUID_CHARS : endOfRun(path, at, to);
      String id = id(path, at, end, at == from && end < to && ".:".indexOf(path.charAt(end)) >= 0);
      if (id == null) {
        words = true;
      } else {
        out = out == null ? new StringBuilder() : out;
        out.append(path, copied, at).append(id);
        copied = end;
        ids++;
      }
      at = end;
    }
    if (out == null) {
      return null;
    }
    return ids > 1 && !words ? "{token}" : out.append(path, copied, to).toString();
  }

  /** Behind the char there if it separates runs; percent-encoded ones do. */
  private static int behindSign(String path, int at, int to) {
    char c = path.charAt(at);
    if (c == '%' && at + 2 < to && isHex(path.charAt(at + 1)) && isHex(path.charAt(at + 2))) {
      return at + 3;
    }
    return isAscii(c) || c > '~' ? at : at + 1;
  }

  private static int endOfRun(String path, int from, int to) {
    int end = from;
    while (end < to && behindSign(path, end, to) == end) {
      end++;
    }
    return end;
  }

  private static @Nullable String id(String path, int from, int to, boolean leads) {
    int length = to - from;
    int digits = 0;
    int inRow = 0;
    int longestRow = 0;
    boolean hex = true;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      inRow = isDigit(c) ? inRow + 1 : 0;
      longestRow = Math.max(longestRow, inRow);
      digits += isDigit(c) ? 1 : 0;
      hex &= isHex(c);
    }
    if (digits == 0) {
      return null;
    }
    if (digits == length) {
      return length >= LEAST_DIGITS || leads ? "{id}" : null;
    }
    if (isUuid(path, from, to) || (hex && length == UUID_DIGITS)) {
      return "{uuid}";
    }
    boolean prefixed = path.startsWith("0x", from) && isHex(path, from + 2, to);
    if ((hex || prefixed) && length >= LEAST_HASH) {
      return "{hash}";
    }
    if (length >= LEAST_TOKEN && changes(path, from, to) >= LEAST_CHANGES) {
      return "{token}";
    }
    return longestRow >= LEAST_DIGITS_IN_WORD ? "{id}" : null;
  }

  /** How often a letter follows a digit or a digit a letter, whatever signs lie between. */
  private static int changes(String path, int from, int to) {
    int changes = 0;
    char before = 0;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      if (isAscii(c)) {
        changes += before != 0 && isDigit(c) != isDigit(before) ? 1 : 0;
        before = c;
      }
    }
    return changes;
  }

  private static boolean isUuid(String path, int from, int to) {
    if (to - from < UUID_CHARS) {
      return false;
    }
    for (int i = 0; i < UUID_CHARS; i++) {
      char c = path.charAt(from + i);
      if ((i == 8 || i == 13 || i == 18 || i == 23) ? c != '-' : !isHex(c)) {
        return false;
      }
    }
    return to - from == UUID_CHARS || !isAscii(path.charAt(from + UUID_CHARS));
  }

  private static boolean isHex(String path, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isHex(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A letter or digit of ASCII. */
  private static boolean isAscii(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
