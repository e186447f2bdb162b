package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AlertStatus;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of alerts that are the same in each run: SHA-256 over the rule's name and the labels,
 * sorted by name (UTF-16 order), each text preceded by its length, so that no two alerts write the
 * same bytes. Stored and compared across releases: never change.
 */
public final class AlertIds {

  /**
   * 32 hex digits, 128 bits: among a billion episodes two bear the same id with a probability of
   * 1.5e-21.
   */
  private static final int HEX_DIGITS = 32;

  /** 64 bits: nobody writes enough versions of a rule for two to be alike. */
  private static final int VERSION_DIGITS = 16;

  private AlertIds() {}

  /** One episode of one series under one rule: 32 lower-case hex digits. */
  public static String alertId(String rule, Map<String, String> labels, long startedAtMs) {
    return hash(rule, labels, startedAtMs);
  }

  /** One series under one rule, whatever the episode: 32 lower-case hex digits. */
  public static String fingerprint(String rule, Map<String, String> labels) {
    return hash(rule, labels);
  }

  /** One transition of an episode: 32 lower-case hex digits. */
  public static String eventId(String alertId, AlertStatus status, long timeMs) {
    return hash(alertId, Map.of("status", status.name()), timeMs);
  }

  /** The text of a rule: 16 lower-case hex digits. */
  public static String ruleVersion(AlertRule rule) {
    String text =
        String.join("\n", rule.condition().text(), rule.holdFor().toString(), rule.labels().toString());
    return hash(text, rule.annotations()).substring(0, VERSION_DIGITS);
  }

  private static String hash(String rule, Map<String, String> labels, long... startedAtMs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, rule);
      out.writeInt(labels.size());
      for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
        write(out, label.getKey());
        write(out, label.getValue());
      }
      for (long start : startedAtMs) {
        out.writeLong(start);
      }
    } catch (IOException impossible) {
      throw new AssertionError("writing to an array failed", impossible);
    }
    return HexFormat.of().formatHex(sha256().digest(bytes.toByteArray())).substring(0, HEX_DIGITS);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
