package io.tidewatch.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.notifier.config.TargetSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
  private static TargetPolicy policy(List<String> hosts, String... addresses) {
    return new TargetPolicy(
        new TargetSettings(
            hosts, List.of(addresses), Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1"
      })
  void whatIsNotThePublicInternetIsForbidden(String text) throws Exception {
    assertThat(policy(List.of()).allows(address(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void thePublicInternetIsAllowed(String text) throws Exception {
    assertThat(policy(List.of()).allows(address(text))).isTrue();
  }

  @Test
  void whatIsNamedIsAllowed() throws Exception {
    TargetPolicy policy = policy(List.of(), "10.1.0.0/16", "127.0.0.1", "fd00::/9");
    assertThat(policy.allows(address("10.1.255.1"))).isTrue();
    assertThat(policy.allows(address("10.2.0.1"))).isFalse();
    assertThat(policy.allows(address("127.0.0.1"))).isTrue();
    assertThat(policy.allows(address("127.0.0.2"))).isFalse();
    assertThat(policy.allows(address("fd7f::1"))).isTrue();
    assertThat(policy.allows(address("fd80::1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "1.2.3.256",
        "::/129",
        "10.0.0.0/x"
      })
  void saysWhatABlockIs(String text) {
    assertThatThrownBy(() -> policy(List.of(), text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "targets.allowed_addresses: must be addresses such as 10.0.0.0/8 or fc00::/7, had '"
                + text
                + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.com/services/x, true",
    "http://HOOKS.slack.com:8080/, true",
    "https://a.example.com/, true",
    "https://example.com/, false",
    "https://hooks.slack.com.evil.example/, false",
    "https://evil.example/hooks.slack.com, false",
    "https://hooks.slack.com@evil.example/, false",
    "https://user@hooks.slack.com/, false",
    "file:///etc/passwd, false",
    "gopher://hooks.slack.com/, false",
    "ftp://hooks.slack.com/, false",
    "jar:https://hooks.slack.com/x!/, false",
    "hooks.slack.com, false",
    "//hooks.slack.com/, false",
    "http://2130706433/, false",
    "http://0x7f000001/, false",
    "http://0177.0.0.1/, false",
    "http://127.1/, false",
    "http://[::1]/, false",
    "http://169.254.169.254/latest, false",
    "http://hooks.slack.com /, false",
    "http:///x, false"
  })
  void onlyNamedHostsByHttpAreAsked(String url, boolean allowed) {
    TargetPolicy policy = policy(List.of("hooks.slack.com", "*.example.com"));
    if (allowed) {
      assertThat(policy.require(url)).hasToString(url);
    } else {
      assertThatThrownBy(() -> policy.require(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("passwd")
          .hasMessageContaining("must");
    }
  }

  @Test
  void oneForbiddenAddressIsEnough() throws Exception {
    InetAddress good = address("8.8.8.8");
    InetAddress bad = address("169.254.169.254");
    assertThat(resolver(good).resolve("x")).containsExactly(good);
    assertThatThrownBy(() -> resolver(good, bad).resolve("x"))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessageContaining("x stands for an address outside targets.allowed_addresses");
    assertThatThrownBy(() -> resolver().resolve("x")).isInstanceOf(UnknownHostException.class);
    assertThat(resolver(good).resolveCanonicalHostname("x")).isEqualTo("x");
  }

  private static CheckedResolver resolver(InetAddress... addresses) {
    return new CheckedResolver(
        policy(List.of()),
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return addresses;
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        });
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(RetryAfter.parse("120", now)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse(" Sat, 21 Nov 2026 12:00:30 GMT ", now))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 11:00:00 GMT", now)).isZero();
    assertThat(RetryAfter.parse("soon", now)).isNull();
    assertThat(RetryAfter.parse("-1", now)).isNull();
    assertThat(RetryAfter.parse(null, now)).isNull();
  }
}
