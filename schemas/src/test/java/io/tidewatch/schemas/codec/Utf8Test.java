package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void acceptsEveryUnicodeCharacter() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        int invalid = Utf8.firstInvalid(Character.toString(codePoint).getBytes(UTF_8));
        if (invalid != -1) {
          fail("must be accepted, was refused: U+%04X", codePoint);
        }
      }
    }
  }

  @Test
  void agreesWithTheDecoderOfTheJdkOnShortSequences() {
    Random random = new Random(4);
    int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0};
    int[] leads = {0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF, 0x41};
    for (int i = 0; i < 500_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int j = 0; j < bytes.length; j++) {
        int[] from = random.nextBoolean() ? edges : leads;
        bytes[j] = (byte) from[random.nextInt(from.length)];
      }
      if (Utf8.firstInvalid(bytes) < 0 != isUtf8(bytes)) {
        fail("must be judged as the JDK does, was not: %s", Arrays.toString(bytes));
      }
    }
  }

  @Test
  void tellsWhereItEnds() {
    byte[] bytes = "0123456789é0123456789".getBytes(UTF_8);
    assertThat(Utf8.firstInvalid(bytes)).isEqualTo(-1);
    bytes[20] = (byte) 0xFF;
    assertThat(Utf8.firstInvalid(bytes)).isEqualTo(20);
    bytes[11] = 'x';
    assertThat(Utf8.firstInvalid(bytes)).isEqualTo(10);
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
