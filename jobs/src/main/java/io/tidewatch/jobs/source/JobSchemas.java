package io.tidewatch.jobs.source;

import io.tidewatch.jobs.config.AvroConfig;
import io.tidewatch.schemas.codec.WriterSchemas;
import java.net.URI;
import java.util.Map;

/** The schemas a job knows: those of its files, then those of its registry. */
public final class JobSchemas {
  private JobSchemas() {}

  /**
   * @param ofFiles schemas by id
   */
  public static WriterSchemas of(AvroConfig config, Map<Integer, String> ofFiles) {
    WriterSchemas files = WriterSchemas.of(ofFiles);
    if (config.schemaRegistry().isEmpty()) {
      return files;
    }
    WriterSchemas registry = new SchemaRegistry(URI.create(config.schemaRegistry()));
    return id -> {
      String schema = files.find(id);
      return schema == null ? registry.find(id) : schema;
    };
  }
}
