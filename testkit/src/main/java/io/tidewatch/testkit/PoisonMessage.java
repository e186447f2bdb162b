package io.tidewatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that must be refused, with the reason each must be refused for.
 *
 * @param name what is wrong with it
 * @param value the bytes; null is a tombstone
 * @param reason code of the reject reason
 */
public record PoisonMessage(String name, byte @Nullable [] value, String reason) {

  /**
   * What is wrong with any message.
   *
   * @param good a message the decoder accepts
   */
  private static List<PoisonMessage> ofAnyShape(String good) {
    byte[] bytes = good.getBytes(UTF_8);
    byte[] large = new byte[10_000_000];
    Arrays.fill(large, (byte) ' ');
    System.arraycopy(bytes, 0, large, 0, bytes.length);
    byte[] invalidUtf8 = good.getBytes(UTF_8);
    invalidUtf8[good.indexOf('"') + 1] = (byte) 0xC0;
    byte[] deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8);
    return List.of(
        new PoisonMessage("tombstone", null, "null_value"),
        new PoisonMessage("empty", new byte[0], "empty"),
        new PoisonMessage("10 MB", large, "too_large"),
        of("truncated", good.substring(0, good.length() / 2), "malformed_json"),
        of("blank", "   ", "malformed_json"),
        of("not JSON", "PK\u0003\u0004 this is no JSON", "malformed_json"),
        of("array", "[1,2,3]", "wrong_type"),
        of("number", "42", "wrong_type"),
        of("trailing text", good + " {}", "malformed_json"),
        of("other shape", "{\"temperature\":21.5}", "missing_field"),
        of(
            "nested 10,000 deep",
            "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "malformed_json"),
        new PoisonMessage("nested 100,000 deep", deep, "malformed_json"),
        of("a number of 100,000 digits", "{\"a\":" + "7".repeat(100_000) + "}", "malformed_json"),
        new PoisonMessage("an object of Java", SerializedGadget.java(), "malformed_json"),
        new PoisonMessage("not UTF-8", invalidUtf8, "malformed_json"),
        new PoisonMessage("UTF-16", good.getBytes(UTF_16BE), "malformed_json"));
  }

  /**
   * What is wrong with telemetry.
   *
   * @param model a configured model that has the field
   * @param field a field of the model
   * @param timeMs a plausible event time
   */
  public static List<PoisonMessage> ofTelemetry(String model, String field, long timeMs) {
    String good = telemetry(model, "\"d-1\"", Long.toString(timeMs), field, "1.5");
    List<PoisonMessage> all = new ArrayList<>(ofAnyShape(good));
    all.add(
        of(
            "NUL in the id",
            telemetry(model, "\"d\\u0000\"", "" + timeMs, field, "1"),
            "invalid_text"));
    all.add(of("raw NUL", telemetry(model, "\"d\0\"", "" + timeMs, field, "1"), "malformed_json"));
    all.add(
        of(
            "lone surrogate",
            telemetry(model, "\"d\\ud800\"", "" + timeMs, field, "1"),
            "invalid_text"));
    all.add(of("NaN", telemetry(model, "\"d\"", "" + timeMs, field, "NaN"), "malformed_json"));
    all.add(
        of(
            "Infinity",
            telemetry(model, "\"d\"", "" + timeMs, field, "Infinity"),
            "malformed_json"));
    all.add(of("1e400", telemetry(model, "\"d\"", "" + timeMs, field, "1e400"), "out_of_range"));
    all.add(
        of(
            "a field with a string",
            telemetry(model, "\"d\"", "" + timeMs, field, "\"hot\""),
            "wrong_type"));
    all.add(
        of(
            "unknown model",
            telemetry("toaster", "\"d\"", "" + timeMs, field, "1"),
            "unknown_model"));
    all.add(
        of(
            "unknown field",
            telemetry(model, "\"d\"", "" + timeMs, "no_such_field", "1"),
            "unknown_field"));
    all.add(
        of(
            "no device id",
            "{\"model\":\"%s\",\"event_time_ms\":%d,\"fields\":{}}".formatted(model, timeMs),
            "missing_field"));
    all.add(
        of("null device id", telemetry(model, "null", "" + timeMs, field, "1"), "missing_field"));
    for (Time time : Time.values()) {
      all.add(of(time.text, telemetry(model, "\"d\"", time.of(timeMs), field, "1"), time.reason));
    }
    return all;
  }

  /**
   * What is wrong with API latency.
   *
   * @param timeMs a plausible event time
   */
  public static List<PoisonMessage> ofApiLatency(long timeMs) {
    String good = latency("\"shop\"", "200", "12.5", Long.toString(timeMs));
    List<PoisonMessage> all = new ArrayList<>(ofAnyShape(good));
    all.add(
        of("NUL in the service", latency("\"s\\u0000\"", "200", "1", "" + timeMs), "invalid_text"));
    all.add(of("lone surrogate", latency("\"\\udc00s\"", "200", "1", "" + timeMs), "invalid_text"));
    all.add(of("NaN", latency("\"s\"", "200", "NaN", "" + timeMs), "malformed_json"));
    all.add(of("-Infinity", latency("\"s\"", "200", "-Infinity", "" + timeMs), "malformed_json"));
    all.add(of("negative duration", latency("\"s\"", "200", "-1", "" + timeMs), "out_of_range"));
    all.add(of("status 99", latency("\"s\"", "99", "1", "" + timeMs), "out_of_range"));
    all.add(of("status as text", latency("\"s\"", "\"200\"", "1", "" + timeMs), "wrong_type"));
    for (Time time : Time.values()) {
      all.add(of(time.text, latency("\"s\"", "200", "1", time.of(timeMs)), time.reason));
    }
    return all;
  }

  private enum Time {
    SECONDS("seconds for milliseconds", "event_time_too_old"),
    ZERO("time zero", "event_time_too_old"),
    NEGATIVE("negative time", "event_time_too_old"),
    YEAR_9999("year 9999", "event_time_ahead"),
    BEYOND_LONG("time beyond 64 bits", "out_of_range");

    private final String text;
    private final String reason;

    Time(String text, String reason) {
      this.text = text;
      this.reason = reason;
    }

    String of(long timeMs) {
      return switch (this) {
        case SECONDS -> Long.toString(timeMs / 1000);
        case ZERO -> "0";
        case NEGATIVE -> Long.toString(-timeMs);
        case YEAR_9999 -> "253402300799999";
        case BEYOND_LONG -> "99999999999999999999";
      };
    }
  }

  private static String telemetry(
      String model, String deviceId, String timeMs, String field, String value) {
    return "{\"model\":\"%s\",\"device_id\":%s,\"event_time_ms\":%s,\"fields\":{\"%s\":%s}}"
        .formatted(model, deviceId, timeMs, field, value);
  }

  private static String latency(String service, String status, String durationMs, String timeMs) {
    return ("{\"service\":%s,\"endpoint\":\"/x\",\"method\":\"GET\",\"status\":%s,"
            + "\"duration_ms\":%s,\"event_time_ms\":%s}")
        .formatted(service, status, durationMs, timeMs);
  }

  private static PoisonMessage of(String name, String text, String reason) {
    return new PoisonMessage(name, text.getBytes(UTF_8), reason);
  }
}
