package io.tidewatch.jobs.sink.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.Sha256;
import java.util.List;

/**
 * Names of tables: a letter of the stream, {@code _}, and 32 hexadecimal digits of the SHA-256 of
 * what tells the table apart, with a zero byte in between; of devices {@code d_} and that of model
 * and device id. No name is built from what came in: TDengine folds case, forbids dots and has 192
 * bytes, and ids know none of that. The name is kept for ever: another one would be another table.
 */
public final class TableName {
  /** 128 bits: with a billion tables the chance that two share a name is below 10⁻²⁰. */
  private static final int DIGITS = 32;

  private TableName() {}

  /**
   * @param stream a letter
   * @param parts what tells the table apart, without zero characters
   */
  public static String of(char stream, List<String> parts) {
    String digits = Sha256.hex(String.join("\0", parts).getBytes(UTF_8)).substring(0, DIGITS);
    return stream + "_" + digits;
  }
}
