package io.tidewatch.analytics.alert.rule;

import io.tidewatch.schemas.codec.DetailLine;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text for people with places in it, a fixed part of what Prometheus has: {@code {{ $labels.name
 * }}}, {@code {{ $value }}} and {@code {{ printf "%.2f" $value }}} (0 to 9 digits behind the
 * point). A label that is not there is empty, a value that is not there is {@code no value}.
 */
public final class Template implements Serializable {
  private static final long serialVersionUID = 1;

  /** The greatest text that the events of alerts carry, in chars. */
  static final int MAX_RENDERED_CHARS = 4_096;

  private static final String NO_VALUE = "no value";

  private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern LABEL = Pattern.compile("\\$labels\\.([a-zA-Z_][a-zA-Z0-9_]*)");
  private static final Pattern PRINTF =
      Pattern.compile("printf\\s+\"%\\.([0-9])f\"\\s+\\$value|\\$value");

  /**
   * A piece of the text.
   *
   * @param kind what it is
   * @param text the text itself, or the name of the label
   * @param digits behind the point; -1: as many as the number needs
   */
  private record Piece(Kind kind, String text, int digits) implements Serializable {}

  private enum Kind {
    TEXT,
    LABEL,
    VALUE
  }

  private final String text;
  private final ArrayList<Piece> pieces;

  private Template(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = new ArrayList<>(pieces);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when a place is none of those that are known
   */
  public static Template parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    int end = 0;
    while (place.find()) {
      pieces.add(plain(text.substring(end, place.start())));
      pieces.add(piece(place.group(1).strip()));
      end = place.end();
    }
    pieces.add(plain(text.substring(end)));
    return new Template(text, pieces);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /**
   * Fills the places.
   *
   * @param value null where there is none
   * @return at most {@value #MAX_RENDERED_CHARS} chars, cut where there were more
   */
  public String render(Map<String, String> labels, @Nullable Double value) {
    StringBuilder rendered = new StringBuilder();
    for (Piece piece : pieces) {
      rendered.append(
          switch (piece.kind()) {
            case TEXT -> piece.text();
            case LABEL -> labels.getOrDefault(piece.text(), "");
            case VALUE -> number(value, piece.digits());
          });
    }
    if (rendered.length() <= MAX_RENDERED_CHARS) {
      return rendered.toString();
    }
    boolean splits = Character.isHighSurrogate(rendered.charAt(MAX_RENDERED_CHARS - 2));
    return rendered.substring(0, MAX_RENDERED_CHARS - (splits ? 2 : 1)) + "…";
  }

  private static String number(@Nullable Double value, int digits) {
    if (value == null) {
      return NO_VALUE;
    }
    return digits < 0 || !Double.isFinite(value)
        ? Numbers.exact(value)
        : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static Piece plain(String text) {
    if (text.contains("{{")) {
      throw new IllegalArgumentException(
          "must close each '{{' with '}}', was " + DetailLine.quoted(text));
    }
    return new Piece(Kind.TEXT, text, -1);
  }

  private static Piece piece(String inner) {
    Matcher label = LABEL.matcher(inner);
    if (label.matches()) {
      return new Piece(Kind.LABEL, label.group(1), -1);
    }
    Matcher value = PRINTF.matcher(inner);
    if (value.matches()) {
      String digits = value.group(1);
      return new Piece(Kind.VALUE, "", digits == null ? -1 : Integer.parseInt(digits));
    }
    throw new IllegalArgumentException(
        "must hold {{ $labels.name }}, {{ $value }} or {{ printf \"%.2f\" $value }}, was "
            + DetailLine.quoted("{{ " + inner + " }}"));
  }
}
