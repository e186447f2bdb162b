package io.tidewatch.jobs.sink.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schemas.codec.Sha256;

/**
 * Name of the table of a device: {@code d_} and 32 hexadecimal digits of the SHA-256 of model and
 * device id, with a zero byte in between. No name is built from what came in: TDengine folds case,
 * forbids dots and has 192 bytes, and ids know none of that. The name is kept for ever: another one
 * would be another table.
 */
final class DeviceTable {
  /** 128 bits: with a billion devices the chance that two share a table is below 10⁻²⁰. */
  private static final int DIGITS = 32;

  private DeviceTable() {}

  static String name(String model, String deviceId) {
    return "d_" + Sha256.hex((model + '\0' + deviceId).getBytes(UTF_8)).substring(0, DIGITS);
  }
}
