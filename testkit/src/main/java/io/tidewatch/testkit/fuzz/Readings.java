package io.tidewatch.testkit.fuzz;

import io.tidewatch.schemas.codec.Decoded;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What readers promise. */
public final class Readings {
  private Readings() {}

  /** Bytes to a value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(byte[] bytes) throws IOException;
  }

  /** A value to bytes. */
  @FunctionalInterface
  public interface Writer<T> {
    byte[] write(T value) throws IOException;
  }

  /**
   * A decoder never throws: it gives a value, which is written and read back as the same, or
   * refuses with a reason and one line.
   */
  public static <T> FuzzTarget.Reading ofDecoder(
      Function<byte[], Decoded<T>> decode, Function<T, byte[]> encode, BiPredicate<T, T> same) {
    return input -> {
      Decoded<T> decoded = decode.apply(input);
      if (decoded instanceof Decoded.Refused<T> refused) {
        requireLine(refused.detail());
        if (refused.detail().contains("cannot be parsed")) {
          throw new BrokenPromise("the parser failed: " + refused.detail());
        }
        return Outcome.refused(refused.reason().code(), refused.detail());
      }
      T value = ((Decoded.Ok<T>) decoded).value();
      byte[] bytes = encode.apply(value);
      if (!(decode.apply(bytes) instanceof Decoded.Ok<T> again)) {
        throw new BrokenPromise("what was accepted is refused when it is told again");
      }
      if (!same.test(value, again.value())) {
        throw new BrokenPromise("what is told again is another value");
      }
      return Outcome.accepted(bytes);
    };
  }

  /** As {@link #ofCodec}, but that what reads from a stream need not say more than that it ends. */
  public static <T> FuzzTarget.Reading ofStreamCodec(Reader<T> reader, Writer<T> writer) {
    Reader<T> telling =
        input -> {
          try {
            return reader.read(input);
          } catch (EOFException cutOff) {
            throw new IOException("cut off", cutOff);
          }
        };
    return ofCodec(telling, writer);
  }

  /**
   * A codec gives a value, which is written as bytes that give themselves again, or throws an
   * {@link IOException} of one line.
   */
  public static <T> FuzzTarget.Reading ofCodec(Reader<T> reader, Writer<T> writer) {
    return input -> {
      T value;
      try {
        value = reader.read(input);
      } catch (IOException refused) {
        requireLine(refused.getMessage());
        return Outcome.refused(String.valueOf(refused.getMessage()));
      }
      byte[] bytes = writer.write(value);
      if (!Arrays.equals(bytes, writer.write(reader.read(bytes)))) {
        throw new BrokenPromise("what was read is written as bytes that give others");
      }
      return Outcome.accepted(bytes);
    };
  }

  /** One line for a person: nothing that breaks it, none that a file or a database refuses. */
  public static void requireLine(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new BrokenPromise("a refusal must say why, was blank");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      boolean lone =
          Character.isSurrogate(c)
              && (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1)));
      if (breaks || lone) {
        throw new BrokenPromise("a refusal must be one plain line, has U+%04X".formatted((int) c));
      }
      i += Character.isSurrogate(c) ? 1 : 0;
    }
  }
}
