package io.tidewatch.jobs.config;

import io.tidewatch.analytics.alert.expr.ExpressionException;
import io.tidewatch.analytics.alert.expr.LabelMatcher;
import io.tidewatch.analytics.alert.rule.Mute;
import io.tidewatch.analytics.alert.rule.Mute.Times;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One mute of a rule file. */
final class MuteEntries {
  private static final int SHORT_NAME = 3;

  private MuteEntries() {}

  static Mute mute(PlacedYaml entry) {
    Map<String, PlacedYaml> keys =
        entry.mapping("name", "matchers", "time_zone", "days", "months", "times", "from", "to");
    String name = entry.required(keys, "name").text();
    keys.replaceAll((key, value) -> value.named("mute '" + name + "': " + key));
    PlacedYaml named = entry.named("mute '" + name + "'");
    List<LabelMatcher> matchers = new ArrayList<>();
    named.required(keys, "matchers").list().forEach(matcher -> matchers.add(matcher(matcher)));
    ZoneId zone = zone(named.required(keys, "time_zone"));
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (PlacedYaml day : list(keys, "days")) {
      days.addAll(range(day, DayOfWeek.values()));
    }
    Set<Month> months = EnumSet.noneOf(Month.class);
    for (PlacedYaml month : list(keys, "months")) {
      months.addAll(range(month, Month.values()));
    }
    List<Times> times = new ArrayList<>();
    list(keys, "times").forEach(range -> times.add(times(range)));
    Instant from = instant(keys.get("from"), zone);
    Instant to = instant(keys.get("to"), zone);
    try {
      return new Mute(name, matchers, zone, days, months, times, from, to);
    } catch (IllegalArgumentException e) {
      throw named.error(String.valueOf(e.getMessage()));
    }
  }

  private static List<PlacedYaml> list(Map<String, PlacedYaml> keys, String key) {
    PlacedYaml value = keys.get(key);
    return value == null ? List.of() : value.list();
  }

  private static LabelMatcher matcher(PlacedYaml value) {
    try {
      return LabelMatcher.parse(value.text());
    } catch (ExpressionException e) {
      throw value.errorIn(e.line(), e.column(), e.problem());
    }
  }

  private static ZoneId zone(PlacedYaml value) {
    try {
      if (ZoneId.getAvailableZoneIds().contains(value.text())) {
        return ZoneId.of(value.text());
      }
    } catch (DateTimeException e) {
      throw value.error(
          "must be known to this Java, was '" + value.text() + "': " + e.getMessage());
    }
    throw value.error(
        "must be a name of the IANA time zone database such as Europe/Berlin, was '"
            + value.text()
            + "'");
  }

  /** {@code mon}, {@code monday} or {@code mon-fri}; of months also the number. */
  private static <E extends Enum<E>> List<E> range(PlacedYaml value, E[] all) {
    String[] ends = value.text().split("-", -1);
    int first = index(value, ends[0], all);
    int last = ends.length == 1 ? first : index(value, ends[1], all);
    if (ends.length > 2) {
      throw unknown(value, all);
    }
    List<E> range = new ArrayList<>();
    for (int at = first; ; at = (at + 1) % all.length) {
      range.add(all[at]);
      if (at == last) {
        return range;
      }
    }
  }

  private static int index(PlacedYaml value, String text, Enum<?>[] all) {
    String wanted = text.strip().toUpperCase(Locale.ROOT);
    for (int at = 0; at < all.length; at++) {
      Enum<?> each = all[at];
      boolean byNumber =
          each instanceof Month month && wanted.equals(Integer.toString(month.getValue()));
      if (byNumber
          || each.name().equals(wanted)
          || each.name().substring(0, SHORT_NAME).equals(wanted)) {
        return at;
      }
    }
    throw unknown(value, all);
  }

  private static ConfigException unknown(PlacedYaml value, Enum<?>[] all) {
    return value.error(
        (all[0] instanceof Month
                ? "must be a month such as 1, jan or jun-aug"
                : "must be a day such as mon or mon-fri")
            + ", was '"
            + value.text()
            + "'");
  }

  private static Times times(PlacedYaml value) {
    String[] ends = value.text().split("-", -1);
    try {
      if (ends.length == 2) {
        return new Times(time(ends[0].strip()), time(ends[1].strip()));
      }
    } catch (DateTimeException notATime) {
      throw wrongTimes(value);
    }
    throw wrongTimes(value);
  }

  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }

  private static ConfigException wrongTimes(PlacedYaml value) {
    return value.error("must be times such as 22:00-06:00, was '" + value.text() + "'");
  }

  private static @Nullable Instant instant(@Nullable PlacedYaml value, ZoneId zone) {
    if (value == null) {
      return null;
    }
    String text = value.text();
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw value.error(
          "must be a time such as 2026-01-31T22:00 or 2026-01-31T21:00:00Z, was '" + text + "'");
    }
  }
}
