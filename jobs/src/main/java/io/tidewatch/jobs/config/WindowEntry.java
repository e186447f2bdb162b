package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.WindowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code window}: {@code size} says whether it counts time or points. */
public final class WindowEntry {
  /** Nine digits fit an int, and no window of a device is longer. */
  private static final Pattern POINTS = Pattern.compile("(\\d{1,9}) points?");

  private final String size;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration slide;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Double overlap;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration forgetAfter;

  @JsonCreator
  WindowEntry(@JsonProperty("size") String size) {
    this.size = size;
  }

  /** Whether no window is meant, where one may be left out. */
  public boolean isEmpty() {
    return size.isEmpty();
  }

  /**
   * @throws ConfigException naming file, key, rule and value, when they do not fit together
   */
  public ModelWindow toWindow(Path file) {
    try {
      Matcher points = POINTS.matcher(size);
      return points.matches() ? byPoints(Integer.parseInt(points.group(1))) : byTime();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": window." + e.getMessage());
    }
  }

  private PointWindowSpec byPoints(int points) {
    if (slide != null) {
      throw new IllegalArgumentException(
          "slide: must not be given with a size in points, write overlap, such as 0.5, was "
              + slide);
    }
    if (overlap == null) {
      throw new IllegalArgumentException(
          "overlap: must be given with a size in points, such as 0.5, was missing");
    }
    return PointWindowSpec.overlapping(
        points, overlap, forgetAfter == null ? PointWindowSpec.DEFAULT_FORGET_AFTER : forgetAfter);
  }

  private WindowSpec byTime() {
    Duration time;
    try {
      time = Durations.parse(size);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "size: must be a duration such as PT1M or a number of points such as \"100 points\", was '"
              + size
              + "'",
          e);
    }
    if (overlap != null) {
      throw new IllegalArgumentException(
          "overlap: must not be given with a duration as size, write slide, such as PT5S, was "
              + overlap);
    }
    if (forgetAfter != null) {
      throw new IllegalArgumentException(
          "forget_after: must not be given with a duration as size, was " + forgetAfter);
    }
    if (slide == null) {
      throw new IllegalArgumentException("slide: must be given, was missing");
    }
    return new WindowSpec(time, slide);
  }
}
