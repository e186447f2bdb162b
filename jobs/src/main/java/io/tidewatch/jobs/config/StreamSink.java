package io.tidewatch.jobs.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a stream of a job may go. */
public enum StreamSink {
  /** PostgreSQL or TimescaleDB. */
  TIMESCALE,
  TDENGINE,
  KAFKA,
  /** Files of Parquet. */
  PARQUET;

  /**
   * What a file asks for, each once.
   *
   * @param key of the stream, for the error
   * @param possible those that the stream has
   * @throws IllegalArgumentException when it is more than that
   */
  public static Set<StreamSink> of(String key, List<StreamSink> wanted, Set<StreamSink> possible) {
    Set<StreamSink> sinks = EnumSet.noneOf(StreamSink.class);
    for (StreamSink sink : wanted) {
      if (!possible.contains(sink)) {
        throw new IllegalArgumentException(
            "%s: must be of %s, had %s".formatted(key, names(possible), sink.word()));
      }
      sinks.add(sink);
    }
    return sinks;
  }

  private static String names(Set<StreamSink> sinks) {
    return sinks.stream().sorted().map(StreamSink::word).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
