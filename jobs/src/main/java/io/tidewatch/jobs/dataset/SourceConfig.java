package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.AvroConfig;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where stored telemetry is read from; only what {@code kind} names is looked at.
 *
 * @param kind of the source
 */
public record SourceConfig(
    Kind kind, Files files, Postgres postgres, Kafka kafka, Tdengine tdengine) {

  /** Whether it says of each reading when it became known. */
  public boolean saysWhenKnown() {
    return switch (kind) {
      case FILES -> files.format() == Format.CSV && !files.columns().known().isEmpty();
      case POSTGRES -> !postgres.columns().known().isEmpty();
      case KAFKA -> true; // the time of the broker
      case TDENGINE -> !tdengine.columns().known().isEmpty();
    };
  }

  /** The sources there are. */
  public enum Kind {
    FILES,
    POSTGRES,
    KAFKA,
    TDENGINE
  }

  /** How files are written. */
  public enum Format {
    CSV,
    NDJSON
  }

  /**
   * Files of a local or mounted file system.
   *
   * @param paths relative to the file this stands in
   * @param columns of CSV files
   */
  public record Files(List<String> paths, Format format, Columns columns) {
    public Files {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Which column holds what.
   *
   * @param time of the event
   * @param device its id; empty where all readings are of the device {@code only_device}
   * @param known when the reading became known; empty for none
   * @param label its class; empty for none
   * @param fields column by field of the model, where the names differ
   */
  public record Columns(
      String time,
      String device,
      String onlyDevice,
      String known,
      String label,
      Map<String, String> fields)
      implements Serializable {
    public Columns {
      if (time.isEmpty()) {
        throw new IllegalArgumentException("time: must be the name of a column, was empty");
      }
      if (device.isEmpty() == onlyDevice.isEmpty()) {
        throw new IllegalArgumentException(
            "only_device: must be given where device is empty, and only there, was '%s' with device '%s'"
                .formatted(onlyDevice, device));
      }
      fields = Map.copyOf(fields);
    }

    /** The column of a field. */
    public String of(String field) {
      return fields.getOrDefault(field, field);
    }
  }

  /** The rows of a query on PostgreSQL or TimescaleDB. */
  public record Postgres(
      String url, String user, Secret password, String query, int fetchRows, Columns columns)
      implements Serializable {
    public Postgres {
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("url: must begin with jdbc:postgresql:, did not");
      }
      if (fetchRows < 1) {
        throw new IllegalArgumentException("fetch_rows: must be ≥ 1, was " + fetchRows);
      }
    }

    /** The URL without its options, among which there may be credentials. */
    String address() {
      return withoutOptions(url);
    }
  }

  /**
   * A super table of TDengine.
   *
   * @param url of its taosAdapter, without a database
   * @param superTable its name; empty for that of the model
   */
  public record Tdengine(
      String url, String user, Secret password, String database, String superTable, Columns columns)
      implements Serializable {
    public Tdengine {
      if (!url.matches("jdbc:TAOS-WS://[^/?]+/?(\\?.*)?")) {
        throw new IllegalArgumentException(
            "url: must be jdbc:TAOS-WS://HOST:PORT/ without a database, was '%s'"
                .formatted(withoutOptions(url)));
      }
    }

    /** The URL without its options, among which there may be credentials. */
    String address() {
      return withoutOptions(url);
    }
  }

  /**
   * A range of a topic in the formats of the telemetry job.
   *
   * @param from offsets by partition, or {@code earliest}, or a broker time
   * @param to behind the last: offsets by partition, or {@code latest}, or a broker time
   * @param maxAhead as in the telemetry job
   * @param earliest as in the telemetry job
   */
  public record Kafka(
      String bootstrapServers,
      Map<String, String> properties,
      String topic,
      String from,
      String to,
      Map<Integer, Long> fromOffsets,
      Map<Integer, Long> toOffsets,
      int maxMessageBytes,
      InputConfig.Format format,
      AvroConfig avro,
      Duration maxAhead,
      Instant earliest) {}

  private static String withoutOptions(String url) {
    return url.replaceFirst("\\?.*", "");
  }
}
