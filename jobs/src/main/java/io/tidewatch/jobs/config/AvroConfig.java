package io.tidewatch.jobs.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Where the schemas are that Avro messages were written with.
 *
 * @param schemaRegistry URL of a schema registry; empty for none
 * @param schemas file of the schema by id, relative to the file this stands in; asked before the
 *     registry
 */
public record AvroConfig(String schemaRegistry, Map<String, String> schemas) {

  public AvroConfig {
    if (!schemaRegistry.isEmpty() && !isPlainUrl(schemaRegistry)) {
      throw new IllegalArgumentException(
          "schema_registry: must be http://host:port or https://host:port, without user and query, was another");
    }
    for (String id : schemas.keySet()) {
      if (!id.matches("0|[1-9][0-9]{0,9}") || Long.parseLong(id) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "schemas: must have ids from 0 to 2147483647, was '" + id + "'");
      }
    }
    schemas = Map.copyOf(schemas);
  }

  boolean knowsNoSchema() {
    return schemaRegistry.isEmpty() && schemas.isEmpty();
  }

  /** What it is not is not shown: there may be a password in it. */
  private static boolean isPlainUrl(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
