package io.tidewatch.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedTextsTest {
  private final RepeatedTexts texts = new RepeatedTexts();

  @Test
  void givesTheSameObjectForTheSameChars() {
    String first = find("web-1");

    assertThat(first).isEqualTo("web-1");
    assertThat(find("web-1")).isSameAs(first);
    assertThat(texts.find("xweb-1y".toCharArray(), 1, 5)).isSameAs(first);
  }

  @Test
  void neverMistakesOneTextForAnother() {
    Random random = new Random(1);
    // Few letters and ten times as many texts as places: most of them meet another on their place.
    for (int i = 0; i < 10 * RepeatedTexts.PLACES; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(RepeatedTexts.MAX_CHARS); length > 0; length--) {
        text.append("aé€".charAt(random.nextInt(3)));
      }
      assertThat(find(text.toString())).isEqualTo(text.toString());
    }
  }

  @Test
  void knowsAThousandDevicesAfterOneMessageOfEach() {
    Set<String> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 1000; i++) {
      known.add(find("device-" + i));
    }
    long again = IntStream.range(0, 1000).filter(i -> known.contains(find("device-" + i))).count();
    // A place is shared with probability 1 − e^(−1000/8192), about an eighth, were hashes random.
    assertThat(again).isGreaterThan(750);
  }

  @Test
  void keepsNothingThatARuleMightRefuse() {
    assertThat(find("")).isNull();
    assertThat(find("a\u0000")).isNull();
    assertThat(find("a\nb")).isNull();
    assertThat(find("\ud800")).isNull();
    assertThat(find("\ud83d\ude00")).isNull();
    assertThat(find("x".repeat(RepeatedTexts.MAX_CHARS))).isNotNull();
    assertThat(find("x".repeat(RepeatedTexts.MAX_CHARS + 1))).isNull();
  }

  private String find(String text) {
    return texts.find(text.toCharArray(), 0, text.length());
  }
}
