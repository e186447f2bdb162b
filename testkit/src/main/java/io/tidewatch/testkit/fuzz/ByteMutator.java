package io.tidewatch.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes bytes: bits, lengths that lie, parts cut out, doubled, and taken from others. */
public final class ByteMutator implements Mutator {
  /** The greatest input: what an input can cost is bounded by its size. */
  public static final int MAX_INPUT_BYTES = 1 << 16;

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32_767,
    65_535,
    65_536,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE + 1L,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 53,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 4,
    Long.MIN_VALUE,
    Double.doubleToRawLongBits(Double.NaN),
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToRawLongBits(-0.0),
    Double.doubleToRawLongBits(Double.MAX_VALUE),
    Double.doubleToRawLongBits(Double.MIN_VALUE)
  };

  private final Repair repair;

  /** What makes a changed input whole again, such as a checksum at its end. */
  @FunctionalInterface
  public interface Repair {

    /** The same input repaired; may change it in place. */
    byte[] repaired(byte[] input);
  }

  public ByteMutator() {
    this(input -> input);
  }

  /**
   * @param repair done to most inputs; without it no change would get past a checksum
   */
  public ByteMutator(Repair repair) {
    this.repair = repair;
  }

  @Override
  public byte[] mutate(byte[] input, List<byte[]> others, RandomGenerator random) {
    byte[] made = input.clone();
    for (int change = random.nextInt(2) * random.nextInt(5); change >= 0; change--) {
      made = cut(changed(made, others, random));
    }
    return random.nextInt(16) == 0 ? made : repair.repaired(made);
  }

  /** At most so many bytes as an input may have. */
  static byte[] cut(byte[] input) {
    return input.length > MAX_INPUT_BYTES ? Arrays.copyOf(input, MAX_INPUT_BYTES) : input;
  }

  private static byte[] changed(byte[] input, List<byte[]> others, RandomGenerator random) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8));
    int from = Math.min(at, to);
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        if (from < input.length) {
          input[from] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return input;
      }
      case 2 -> {
        if (from < input.length) {
          input[from] = (byte) random.nextInt(256);
        }
        return input;
      }
      case 3 -> {
        return spliced(input, from, to, new byte[0]);
      }
      case 4 -> {
        return spliced(input, from, from, Arrays.copyOfRange(input, from, to));
      }
      case 5 -> {
        byte[] any = new byte[1 + random.nextInt(8)];
        random.nextBytes(any);
        return spliced(input, from, from, any);
      }
      case 6, 7 -> {
        byte[] number = number(random);
        int end = random.nextBoolean() ? from : Math.min(input.length, from + number.length);
        return spliced(input, from, end, number);
      }
      case 8 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int start = random.nextInt(other.length + 1);
        return spliced(input, from, input.length, Arrays.copyOfRange(other, start, other.length));
      }
      default -> {
        return Arrays.copyOf(input, from);
      }
    }
  }

  /** A number that is at the edge of something, in one of the ways in which numbers are written. */
  private static byte[] number(RandomGenerator random) {
    long value = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(3) - 1;
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return switch (random.nextInt(4)) {
      case 0 -> ByteBuffer.allocate(Integer.BYTES).order(order).putInt((int) value).array();
      case 1 -> ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
      case 2 -> varint(value);
      default -> varint((value << 1) ^ (value >> 63));
    };
  }

  private static byte[] varint(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    long left = value;
    while (left >>> 7 != 0) {
      bytes.put((byte) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    bytes.put((byte) left);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** A part taken out and a piece put into its place. */
  static byte[] spliced(byte[] input, int from, int to, byte[] piece) {
    return ByteBuffer.allocate(input.length - (to - from) + piece.length)
        .put(input, 0, from)
        .put(piece)
        .put(input, to, input.length - to)
        .array();
  }
}
