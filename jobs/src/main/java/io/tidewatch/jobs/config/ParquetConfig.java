package io.tidewatch.jobs.config;

import java.util.Collection;

/**
 * Where files of Parquet lie.
 *
 * @param path folder or URI that all processes of the cluster reach; empty where no stream goes
 *     there
 */
public record ParquetConfig(String path) {

  public ParquetConfig {
    if (!path.matches("|/.*|[a-z][a-z0-9+.-]*:/.*")) {
      throw new IllegalArgumentException(
          "path: must be a folder from the root on, or a URI, was '" + path + "'");
    }
  }

  /**
   * @param key that the sinks stand under, for the error
   * @throws IllegalArgumentException when a stream goes to files and nothing says where those are
   */
  public void requirePathFor(String key, Collection<StreamSink> sinks) {
    if (path.isEmpty() && sinks.contains(StreamSink.PARQUET)) {
      throw new IllegalArgumentException(
          "parquet.path: must be given where %s names parquet, was empty".formatted(key));
    }
  }
}
