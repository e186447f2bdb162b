package io.tidewatch.testkit.fuzz;

import java.util.regex.Pattern;

/**
 * What a reader made of one input.
 *
 * @param accepted whether it gave a value
 * @param reason why it did not, as it is counted; {@code accepted} where it did
 * @param kind the same more closely, without numbers and quoted texts: an input of a kind that was
 *     not there before is worth going on from
 */
public record Outcome(boolean accepted, String reason, String kind) {
  private static final int MAX_KIND_CHARS = 100;
  private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.E+-]*");

  /**
   * A value.
   *
   * @param bytes of its canonical form; values of other sizes are other kinds
   */
  public static Outcome accepted(byte[] bytes) {
    int size = Integer.SIZE - Integer.numberOfLeadingZeros(bytes.length);
    return new Outcome(true, "accepted", "accepted " + size);
  }

  /** None, as a decoder says it. */
  public static Outcome refused(String reason, String detail) {
    return new Outcome(false, reason, reason + " " + kindOf(detail));
  }

  /** None, as a reader says it that has but one exception. */
  public static Outcome refused(String message) {
    String kind = kindOf(message);
    return new Outcome(false, kind, kind);
  }

  private static String kindOf(String detail) {
    String plain = QUOTED.matcher(detail).replaceAll("'…'");
    plain = NUMBER.matcher(plain).replaceAll("#");
    return plain.length() > MAX_KIND_CHARS ? plain.substring(0, MAX_KIND_CHARS) : plain;
  }
}
