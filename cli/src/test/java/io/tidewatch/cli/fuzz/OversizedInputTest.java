package io.tidewatch.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Fuzzer;
import io.tidewatch.testkit.fuzz.Outcome;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that are too large, too deep or too many: refused for no more memory than they have
 * bytes, on a small stack. Memory is counted, not time: it is what a busy machine does not change.
 */
class OversizedInputTest {
  private static final long BASE_ALLOCATION = 16 << 20;

  /** A text of a message is held as bytes and as chars, and its parts once more. */
  private static final long ALLOCATION_A_BYTE = 64;

  private static final int MANY = 1_000_000;
  private static final int LEVELS = 100_000;

  private static final Map<String, byte[]> INPUTS = inputs();

  /** All but the file of rules, which whoever runs a job writes, and nobody sends. */
  static List<String> names() {
    return FuzzTargets.names().stream().filter(name -> !name.equals("rule-file")).toList();
  }

  private static Map<String, byte[]> inputs() {
    Map<String, byte[]> inputs = new LinkedHashMap<>();
    inputs.put("10 MB of spaces", " ".repeat(10 * MANY).getBytes(UTF_8));
    inputs.put("10 MB of zeros", new byte[10 * MANY]);
    inputs.put("10 MB of one text", ("{\"a\":\"" + "x".repeat(10 * MANY) + "\"}").getBytes(UTF_8));
    inputs.put("lists in lists", "[".repeat(LEVELS).getBytes(UTF_8));
    inputs.put("lists in a field", ("{\"a\":" + "[".repeat(LEVELS)).getBytes(UTF_8));
    inputs.put("objects in objects", "{\"a\":".repeat(LEVELS).getBytes(UTF_8));
    inputs.put("objects that end", nested("{\"a\":", "1", "}"));
    inputs.put("parentheses", nested("(", "x > 1", ")"));
    inputs.put("negations", nested("not ", "x > 1", ""));
    inputs.put("items of lists", "- ".repeat(LEVELS).getBytes(UTF_8));
    inputs.put("a million keys", keys(MANY));
    inputs.put("a hundred thousand keys", keys(LEVELS));
    inputs.put(
        "a number of a million digits", ("{\"a\":" + "7".repeat(MANY) + "}").getBytes(UTF_8));
    inputs.put("nothing but digits", "7".repeat(MANY).getBytes(UTF_8));
    inputs.put("a fraction of a million digits", ("0." + "3".repeat(MANY)).getBytes(UTF_8));
    inputs.put("an exponent of a million digits", ("1e" + "9".repeat(MANY)).getBytes(UTF_8));
    inputs.put("a name of a million", ("{\"" + "n".repeat(MANY) + "\":1}").getBytes(UTF_8));
    inputs.put("lone surrogates", ("{\"a\":\"" + "\\ud800".repeat(LEVELS) + "\"}").getBytes(UTF_8));
    byte[] encoded = new byte[3 * LEVELS];
    for (int i = 0; i < encoded.length; i += 3) {
      encoded[i] = (byte) 0xED;
      encoded[i + 1] = (byte) 0xA0;
      encoded[i + 2] = (byte) 0x80;
    }
    inputs.put("lone surrogates as bytes", encoded);
    byte[] ones = new byte[MANY];
    Arrays.fill(ones, (byte) 0xFF);
    inputs.put("ones", ones);
    return inputs;
  }

  private static byte[] nested(String open, String inner, String close) {
    return (open.repeat(LEVELS) + inner + close.repeat(LEVELS)).getBytes(UTF_8);
  }

  private static byte[] keys(int count) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "\"k" : ",\"k").append(i).append("\":1");
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRefusedForNoMoreMemoryThanItIsWorth(String name) throws Exception {
    FuzzTarget target = FuzzTargets.named(name);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Map.Entry<String, byte[]> input : INPUTS.entrySet()) {
      assertThat(Fuzzer.once(target, input.getValue()).failures()).as(input.getKey()).isEmpty();
      long before = threads.getCurrentThreadAllocatedBytes();
      Outcome outcome = target.reading().read(input.getValue());
      long asked = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(asked)
          .as("bytes asked for: %s", input.getKey())
          .isLessThan(BASE_ALLOCATION + ALLOCATION_A_BYTE * input.getValue().length);
      boolean plain = name.equals("template");
      assertThat(outcome.accepted()).as(input.getKey()).isEqualTo(plain);
    }
  }
}
