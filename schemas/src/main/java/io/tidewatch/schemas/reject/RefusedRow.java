package io.tidewatch.schemas.reject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that a database refused, and would refuse again.
 *
 * @param database kind of the database: {@code postgresql}, {@code tdengine}
 * @param table the table it was meant for
 * @param code what the database calls the reason: an SQLState, or an error code; may be empty
 * @param reason what the database said
 * @param row value by column, in the order of the statement: texts, numbers, truth values, bytes;
 *     of any other type the text of it is told
 */
public record RefusedRow(
    String database, String table, String code, String reason, Map<String, @Nullable Object> row) {

  public RefusedRow {
    row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
  }
}
