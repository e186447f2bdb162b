package io.tidewatch.jobs.sink.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.sink.jdbc.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TdengineCodeTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "1547, TDengine ERROR (0x60b): Timestamp data out of range, DATA",
        "0, (0x60b):Timestamp data out of range, DATA",
        "0, (0x2653):Value too long for column/tag: NAME, DATA",
        "0, (0x357):auth failure:Authentication failure, FATAL",
        "904, TDengine ERROR (0x388): Database not exist, FATAL",
        "0, (0x22b):Table does not exist, FATAL",
        "8961, already disconnected, TRANSIENT",
        "8990, no answer, TRANSIENT",
        "0, (0x914):Sync leader is unreachable, TRANSIENT",
        "0, -, TRANSIENT"
      })
  void isReadFromNumberOrText(int code, String text, Outcome outcome) {
    assertThat(TdengineCode.outcome(new SQLException(text, null, code))).isEqualTo(outcome);
  }

  @Test
  void isWrittenInHexadecimalDigits() {
    assertThat(TdengineCode.text(new SQLException("x", null, 1547))).isEqualTo("0x60b");
    assertThat(TdengineCode.text(new SQLException("x"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3650d,3650d,3650d | PT87600H",
        "5256000m,5256000m,5256000m | PT87600H",
        "10d,24h,365d | PT8760H",
        "36500 | PT876000H"
      })
  void keepIsTheLongestOfItsLevels(String written, Duration keep) {
    assertThat(KeptRange.keep(written)).isEqualTo(keep);
  }

  @Test
  void timesEndWhereThePrecisionEnds() {
    long nowMs = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
    long in2263Ms = Instant.parse("2263-01-01T00:00:00Z").toEpochMilli();
    Duration keep = Duration.ofDays(10);

    assertThat(new KeptRange(keep, "ms").holds(in2263Ms, nowMs)).isTrue();
    assertThat(new KeptRange(keep, "us").holds(in2263Ms, nowMs)).isTrue();
    assertThat(new KeptRange(keep, "ns").holds(in2263Ms, nowMs)).isFalse();
    assertThat(new KeptRange(keep, "ns").holds(nowMs, nowMs)).isTrue();
    assertThat(new KeptRange(keep, "ns").holds(nowMs - keep.toMillis() - 1, nowMs)).isFalse();
  }

  @Test
  void keepOfAnotherFormIsNotGuessed() {
    assertThatThrownBy(() -> KeptRange.keep("10y"))
        .hasMessage("keep: must be lengths such as 3650d or 5256000m, was '10y'");
  }

  @Test
  void tablesOfDevicesAreToldApartWithoutRegardToCase() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      names.add(TableName.of('d', List.of("m", "d" + i)).toLowerCase(Locale.ROOT));
      names.add(TableName.of('d', List.of("m", "D" + i)).toLowerCase(Locale.ROOT));
      names.add(TableName.of('d', List.of("md", Integer.toString(i))).toLowerCase(Locale.ROOT));
    }

    assertThat(names).hasSize(30_000).allMatch(name -> name.matches("d_[0-9a-f]{32}"));
  }

  @Test
  void theTableOfADeviceIsTheSameForEver() {
    assertThat(TableName.of('d', List.of("kiln", "a")))
        .isEqualTo("d_98122cff72879815c32a69bd1858db8a");
  }
}
