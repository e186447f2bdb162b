package io.tidewatch.analytics.alert.rule;

import io.tidewatch.analytics.alert.expr.LabelMatcher;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time in which people are not told of some alerts: those whose labels meet all matchers. It
 * recurs on days of the week, in months and at times of the day, all in its time zone; what is not
 * restricted holds always. A range of times whose end is not after its begin goes on into the next
 * day and belongs to the day on which it begins. A local time that a change of the clocks skips is
 * the one just after the gap, and of two the first counts, as {@link ZonedDateTime#of} has it.
 */
public final class Mute implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Times of the day.
   *
   * @param from inclusive
   * @param to exclusive; not after {@code from}: on the next day
   */
  public record Times(LocalTime from, LocalTime to) implements Serializable {
    /** From midnight to midnight. */
    public static final Times ALL_DAY = new Times(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
  }

  private final String name;
  private final List<LabelMatcher> matchers;
  private final ZoneId zone;
  private final EnumSet<DayOfWeek> days;
  private final EnumSet<Month> months;
  private final List<Times> times;
  private final long fromMs;
  private final long toMs;

  /**
   * @param name for people
   * @param matchers demands on the labels of the alert, at least one
   * @param zone of all dates and times
   * @param days empty: all
   * @param months empty: all
   * @param times empty: the whole day
   * @param from inclusive; null: since ever
   * @param to exclusive; null: for ever
   */
  public Mute(
      String name,
      List<LabelMatcher> matchers,
      ZoneId zone,
      Set<DayOfWeek> days,
      Set<Month> months,
      List<Times> times,
      @Nullable Instant from,
      @Nullable Instant to) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be blank, was '" + name + "'");
    }
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("matchers: must be at least one, was none");
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("to: must be after from, " + from + ", was " + to);
    }
    this.name = name;
    this.matchers = List.copyOf(matchers);
    this.zone = zone;
    this.days = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
    this.months = months.isEmpty() ? EnumSet.allOf(Month.class) : EnumSet.copyOf(months);
    this.times = times.isEmpty() ? List.of(Times.ALL_DAY) : List.copyOf(times);
    this.fromMs = from == null ? Long.MIN_VALUE : from.toEpochMilli();
    this.toMs = to == null ? Long.MAX_VALUE : to.toEpochMilli();
  }

  /** For people. */
  public String name() {
    return name;
  }

  /**
   * Whether people are not told of an alert.
   *
   * @param labels of the alert
   * @param timeMs event time, milliseconds since the epoch
   * @return null when they are
   */
  public @Nullable Quiet quiet(Map<String, String> labels, long timeMs) {
    if (timeMs < fromMs || timeMs >= toMs) {
      return null;
    }
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return null;
      }
    }
    long endMs = endMs(timeMs);
    return endMs <= timeMs ? null : new Quiet("mute '" + name + "'", Math.min(endMs, toMs));
  }

  /** End of the latest range that the time is in; the time itself when it is in none. */
  private long endMs(long timeMs) {
    long latestMs = timeMs;
    LocalDate date;
    try {
      date = Instant.ofEpochMilli(timeMs).atZone(zone).toLocalDate();
      for (LocalDate day : List.of(date.minusDays(1), date)) {
        if (!days.contains(day.getDayOfWeek()) || !months.contains(day.getMonth())) {
          continue;
        }
        for (Times range : times) {
          LocalDate last = range.to().isAfter(range.from()) ? day : day.plusDays(1);
          long startMs = ms(day, range.from());
          long endMs = ms(last, range.to());
          latestMs = startMs <= timeMs && timeMs < endMs ? Math.max(latestMs, endMs) : latestMs;
        }
      }
    } catch (DateTimeException | ArithmeticException beyondTheCalendar) {
      // No time of an event is there, but the last watermark is: nothing is muted at the end.
      return timeMs;
    }
    return latestMs;
  }

  private long ms(LocalDate day, LocalTime time) {
    return ZonedDateTime.of(day, time, zone).toInstant().toEpochMilli();
  }
}
