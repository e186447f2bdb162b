package io.tidewatch.jobs.tdengine;

import java.util.regex.Pattern;

/** Names of databases, tables and columns as they may stand in a statement. */
public final class QuotedName {
  /** TDengine admits more between quotes; whoever made such a name is told. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private QuotedName() {}

  /**
   * The name in quotes, in which it may be a word that TDengine keeps for itself.
   *
   * @param key of the configuration, for the error
   * @throws IllegalArgumentException when it could be anything but a name
   */
  public static String of(String key, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s: must be a name of letters, digits and _, at most 64, was '%s'".formatted(key, name));
    }
    return "`" + name + "`";
  }
}
