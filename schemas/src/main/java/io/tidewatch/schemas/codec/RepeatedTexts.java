package io.tidewatch.schemas.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were seen before, so that a name which stands in every message is built and hashed
 * once: records of one device share one {@code String}, whose hash code is known and which equals
 * itself at once.
 *
 * <p>A table of fixed size: a text that falls on an occupied place replaces what is there. So no
 * sender can fill it, whatever he sends; at worst each text is built anew, as without it. At most
 * {@value #PLACES} texts of {@value #MAX_CHARS} chars, about 3 MB when all are that long. Safe for
 * threads without locks: entries are immutable, and a lost update is only a text built again.
 */
final class RepeatedTexts {
  /**
   * Of all codecs of the process: the jobs of a task manager read the same services and devices.
   */
  static final RepeatedTexts OF_PROCESS = new RepeatedTexts();

  /** Ids and route templates; longer ones are rare, and comparing them costs what building does. */
  static final int MAX_CHARS = 64;

  /** Some thousand devices beside the endpoints, without many falling on the same place. */
  static final int PLACES = 1 << 13;

  /** Odd, with its bits well mixed (the golden ratio): neighbouring hashes go far apart. */
  private static final int SPREAD = 0x9E3779B9;

  /** Leaves as many of the upper bits as number the places. */
  private static final int SHIFT = Integer.numberOfLeadingZeros(PLACES - 1);

  private final @Nullable Entry[] entries = new @Nullable Entry[PLACES];

  /** Both forms: the chars are compared by the machine a word at a time. */
  private record Entry(char[] chars, String text) {}

  /**
   * The text of those chars; the same object as before when it was seen and not replaced since.
   *
   * @return null when the text is none that is kept: empty, longer than {@value #MAX_CHARS}, or
   *     with a control character or a surrogate; whoever gets one need not look for those
   */
  @Nullable String find(char[] chars, int from, int length) {
    if (length == 0 || length > MAX_CHARS) {
      return null;
    }
    int place = (hash(chars, from, length) * SPREAD) >>> SHIFT;
    Entry entry = entries[place];
    if (entry != null
        && Arrays.equals(entry.chars, 0, entry.chars.length, chars, from, from + length)) {
      return entry.text;
    }
    if (!isPlain(chars, from, length)) {
      return null;
    }
    char[] copy = Arrays.copyOfRange(chars, from, from + length);
    Entry fresh = new Entry(copy, new String(copy));
    entries[place] = fresh;
    return fresh.text;
  }

  /**
   * The text of those bytes of UTF-8, as {@link #find(char[], int, int)} tells it.
   *
   * @return null also when a byte is not ASCII
   */
  @Nullable String find(byte[] bytes, int from, int length) {
    if (length == 0 || length > MAX_CHARS) {
      return null;
    }
    int place = (hash(bytes, from, length) * SPREAD) >>> SHIFT;
    Entry entry = entries[place];
    if (entry != null && isThat(entry.chars, bytes, from, length)) {
      return entry.text;
    }
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] < ' ') {
        return null;
      }
      chars[i] = (char) bytes[from + i];
    }
    return find(chars, 0, length);
  }

  /** A byte that is not ASCII is negative, and equals no char. */
  private static boolean isThat(char[] chars, byte[] bytes, int from, int length) {
    if (chars.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (chars[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** That of the chars, when all are ASCII. */
  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    int end = from + length;
    int i = from;
    for (; i + 1 < end; i += 2) {
      hash = 961 * hash + 31 * bytes[i] + bytes[i + 1];
    }
    return i < end ? 31 * hash + bytes[i] : hash;
  }

  /** Two chars a step, because each step waits for the one before. */
  private static int hash(char[] chars, int from, int length) {
    int hash = length;
    int end = from + length;
    int i = from;
    for (; i + 1 < end; i += 2) {
      hash = 961 * hash + 31 * chars[i] + chars[i + 1];
    }
    return i < end ? 31 * hash + chars[i] : hash;
  }

  private static boolean isPlain(char[] chars, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (chars[i] < ' ' || Character.isSurrogate(chars[i])) {
        return false;
      }
    }
    return true;
  }
}
