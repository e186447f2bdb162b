package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.By;
import io.tidewatch.schemas.dataset.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Each window, or each device, is in validation with a probability of {@code share}, by the SHA-256
 * of seed, device and start of the window. So the same window is in the same part whatever else
 * there is, in each run and release; what comes later moves nothing to the other side. The number
 * of windows in validation is binomial, not exactly a share of them: of few devices all may be on
 * one side.
 *
 * @param seed {@code random_state}
 * @param share more than 0 and less than 1
 * @param by what is in a part as a whole
 */
public record RandomSplit(long seed, double share, By by) implements Split {

  public RandomSplit {
    Split.requireShare(share);
  }

  /** Never null: chance knows no embargo. */
  @Override
  public Part of(String device, long startMs, long endMs) {
    byte[] name = device.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    // What is of a fixed length comes first, so that no two windows write the same bytes.
    bytes.putLong(seed).putLong(by == By.WINDOW ? startMs : 0).put(name);
    long hash = ByteBuffer.wrap(sha256().digest(bytes.array())).getLong();
    // As many bits as a double has, so that 0 ≤ chance < 1 is exact.
    double chance = (hash >>> (Long.SIZE - MANTISSA_BITS)) * 0x1.0p-53;
    return chance < share ? Part.VALIDATION : Part.TRAIN;
  }

  private static final int MANTISSA_BITS = 53;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
