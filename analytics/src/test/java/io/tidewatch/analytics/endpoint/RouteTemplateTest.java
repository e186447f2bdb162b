package io.tidewatch.analytics.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTemplateTest {
  private static final String[] PIECES = {
    "/",
    "//",
    "?",
    "#",
    ";",
    ":",
    "{",
    "}",
    "<",
    ">",
    "[",
    "]",
    "*",
    "(",
    "@",
    "%40",
    "%2F",
    "%",
    "-",
    "_",
    ".",
    ",",
    "~",
    "+",
    "=",
    " ",
    "a",
    "id",
    "v1",
    "Orders",
    "7",
    "42",
    "2024",
    "99999",
    "2024-05-06",
    "deadbeef1",
    "0x",
    "é",
    "漢",
    "\uD83D\uDE00",
    "\uD83D",
    "\u0000",
    "01HV3ZQ9",
    "123e4567-e89b-12d3-a456-426614174000",
    "d41d8cd98f00b204e9800998ecf8427e",
    "abcdefghijklmnop"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orders/17 | /orders/{id}",
        "/orders/17/items/3 | /orders/{id}/items/{id}",
        "/orders/-1 | /orders/{id}",
        "orders/17 | orders/{id}",
        "/order-12345 | /order-{id}",
        "/orders/17.json | /orders/{id}.json",
        "/jobs/17:cancel | /jobs/{id}:cancel",
        "/orders/ord00017 | /orders/{id}",
        "/hosts/10.0.0.17/ | /hosts/{id}",
        "/u/123e4567-e89b-12d3-a456-426614174000/x | /u/{uuid}/x",
        "/u/123E4567E89B12D3A456426614174000 | /u/{uuid}",
        "/u/12345678-1234-1234-1234-123456789012 | /u/{uuid}",
        "/u/123e4567-e89b-12d3-a456-426614174000.png | /u/{uuid}.png",
        "/user-123e4567-e89b-12d3-a456-426614174000 | /user-{uuid}",
        "/c/9fedaab6 | /c/{hash}",
        "/o/507f1f77bcf86cd799439011 | /o/{hash}",
        "/eth/0x52908400098527886E0F7030069857D2E4169EE7 | /eth/{hash}",
        "/static/main.3f2a9c1b.js | /static/main.{hash}.js",
        "/t/01ARZ3NDEKTSV4RRFFQ69G5FAV | /t/{token}",
        "/t/0ujtsYcgvSTl8PAuAdqWYSMnLOv | /t/{token}",
        "/watch/dQw4w9WgXcQ | /watch/{token}",
        "/t/dGhpcyBpcyBh-1IHNhbX_BsZQ2x3== | /t/{token}",
        "/cus_9s6XKzkNRiz8i3 | /cus_{token}",
        "/c/9fedaab6-9fedaab7 | /c/{token}",
        "/mail/jane.doe@example.org | /mail/{email}",
        "/mail/jane%40example.org/x | /mail/{email}/x",
        "/day/2024-05-06 | /day/{date}",
        "/day/2024-05-06T07:08:09Z | /day/{date}",
        "/search?q=1&page=2 | /search",
        "/help#top | /help",
        "/cart;jsessionid=1A2B3C/items | /cart/items",
        "//orders///new/ | /orders/new",
        "? | /",
        "// | /",
        "/a%20b/c%C3%A9/12%2F34 | /a%20b/c%C3%A9/12%2F34",
      })
  void replacesWhatIsAnIdAndCutsWhatIsNoPath(String raw, String template) {
    assertThat(RouteTemplate.of(raw)).isEqualTo(template);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/orders",
        "/api/v1/users",
        "/api/v2.1/users",
        "/api/1.0/users",
        "/oauth2/token",
        "/s3/ipv4/utf-8/x509/md5/rfc9110/win32",
        "/sha256/base64/http2/log4j/covid-19/top-100",
        "/@angular/core",
        "/shop.Cart/AddItem",
        "checkout",
        "_other",
        "/décor/漢字"
      })
  void wordsStayAndCostNothing(String path) {
    assertThat(RouteTemplate.of(path)).isSameAs(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/{id}",
        "/orders/{id}/",
        "/v1/{name=projects/*}/17",
        "/orders/:id?",
        "/orders/<int:id>/17",
        "/orders/[id]/17",
        "/static/*",
        "/static/*file",
        "/search{?q,page}",
        "^orders/(?P<id>\\d+)/$",
        "/orders/{id}?expand=1"
      })
  void aTemplateIsUsedAsGiven(String template) {
    assertThat(RouteTemplate.of(template)).isSameAs(template);
  }

  @Test
  void whatIsTooLongIsCut() {
    assertThat(RouteTemplate.of("/" + "x".repeat(100) + "/y"))
        .isEqualTo("/" + "x".repeat(100) + "/y");
    assertThat(RouteTemplate.of("/" + "x".repeat(101) + "/y")).isEqualTo("/{text}/y");
    assertThat(RouteTemplate.of("/x".repeat(128))).isEqualTo("/x".repeat(128));
    assertThat(RouteTemplate.of("/x".repeat(129))).isEqualTo("/x".repeat(127) + "/*");
    assertThat(RouteTemplate.of("/1".repeat(1000))).isEqualTo("/{id}".repeat(50) + "/*");
    assertThat(RouteTemplate.of("")).isEqualTo("/");
  }

  @Test
  void theTemplateOfATemplateIsItselfWhateverTheText() {
    Random random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(
            random.nextInt(8) == 0
                ? String.valueOf((char) random.nextInt(random.nextBoolean() ? 128 : 65536))
                : PIECES[random.nextInt(PIECES.length)]);
      }
      if (i % 50 == 0) {
        text.append(text.toString().repeat(random.nextInt(60)));
      }
      String raw = text.toString();
      String once = RouteTemplate.of(raw);
      boolean bounded = once.equals(raw) || (!once.isEmpty() && once.length() <= 256);
      if (!bounded || !RouteTemplate.of(once).equals(once)) {
        assertThat(RouteTemplate.of(once)).as("template of '%s'", raw).isEqualTo(once);
        assertThat(once).as("template of '%s'", raw).hasSizeBetween(1, 256);
      }
    }
  }

  @Test
  void ofManyIdsOneSeriesIsLeft() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      assertThat(RouteTemplate.of("/a/" + random.nextInt())).isEqualTo("/a/{id}");
      assertThat(RouteTemplate.of("/a/" + new java.util.UUID(random.nextLong(), random.nextLong())))
          .isEqualTo("/a/{uuid}");
    }
  }
}
