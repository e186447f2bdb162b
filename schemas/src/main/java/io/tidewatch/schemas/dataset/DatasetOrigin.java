package io.tidewatch.schemas.dataset;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whence a data set is.
 *
 * @param codeVersion version of the code that made it
 * @param createdAt when it was made, by the clock of whoever made it
 * @param asOf what became known later was not read; null without such a limit
 * @param from records at this event time or later
 * @param to records before this event time, later than {@code from}
 * @param devices whose records, at least one, in their order
 * @param sources what was read, at least one
 */
public record DatasetOrigin(
    String codeVersion,
    Instant createdAt,
    @Nullable Instant asOf,
    Instant from,
    Instant to,
    List<String> devices,
    List<DatasetSource> sources) {

  public DatasetOrigin {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("to: must be after from (%s), was %s".formatted(from, to));
    }
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("devices: must name at least one device, was empty");
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources: must name at least one source, was empty");
    }
    devices = List.copyOf(devices);
    sources = List.copyOf(sources);
  }
}
