package io.tidewatch.analytics.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Map<String, String> LABELS =
      Map.of("device_id", "w-1", "x_2", "{{ $value }}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain, } and { }} | plain, } and { }}",
        "{{ $labels.device_id }} is hot | w-1 is hot",
        "{{$labels.device_id}}{{ $value }} | w-131.233333333333334",
        "a {{   $value   }}. | a 31.233333333333334.",
        "{{ printf \"%.2f\" $value }} | 31.23",
        "{{ printf \"%.0f\" $value }} % | 31 %",
        "<{{ $labels.absent }}> | <>",
        "{{ $labels.x_2 }} | {{ $value }}"
      })
  void fillsItsPlacesOnce(String text, String rendered) {
    assertThat(Template.parse(text).render(LABELS, 31.233333333333334)).isEqualTo(rendered);
    assertThat(Template.parse(text).text()).isEqualTo(text);
  }

  @Test
  void saysThatThereIsNoValue() {
    assertThat(Template.parse("{{ $value }}").render(LABELS, null)).isEqualTo("no value");
    assertThat(Template.parse("{{ printf \"%.1f\" $value }}").render(LABELS, null))
        .isEqualTo("no value");
    assertThat(Template.parse("{{ printf \"%.1f\" $value }}").render(LABELS, Double.NaN))
        .isEqualTo("NaN");
    assertThat(Template.parse("{{ $value }}").render(LABELS, 5e300)).isEqualTo("5.0E300");
  }

  @Test
  void cutsWhatNoEventCarries() {
    String places = "{{ $labels.a }}".repeat(100);
    String rendered = Template.parse(places).render(Map.of("a", "x".repeat(256)), null);
    assertThat(rendered).hasSize(4_096).endsWith("x…");
    String pairs = Template.parse("y" + places).render(Map.of("a", "😀".repeat(100)), null);
    assertThat(pairs).hasSizeLessThanOrEqualTo(4_096).endsWith("😀…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ $externalLabels.x }}",
        "{{ $labels }}",
        "{{ $labels.a-b }}",
        "{{ $value | humanize }}",
        "{{ printf \"%d\" $value }}",
        "{{ if true }}",
        "{{}}"
      })
  void refusesPlacesItDoesNotKnow(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse(text))
        .withMessageStartingWith("must hold {{ $labels.name }}, {{ $value }} or ");
  }

  @Test
  void refusesPlacesThatDoNotEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse("a {{ $value }"))
        .withMessage("must close each '{{' with '}}', was 'a {{ $value }'");
  }

  @Test
  void showsWhatItRefusesInOnePlainLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse("{{\u0000\n"))
        .withMessage("must close each '{{' with '}}', was '{{\\u{0}\\u{a}'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse("{{ " + "x".repeat(10_000) + " }}"))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
  }
}
