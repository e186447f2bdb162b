package io.tidewatch.schemas.codec;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Avro schemas that messages were written with, by the id that stands in each message. */
@FunctionalInterface
public interface WriterSchemas extends Serializable {

  /**
   * The schema of that id. Waits as long as it takes to know: an answer that is not known yet must
   * not refuse a good message.
   *
   * @param id not negative
   * @return the schema as JSON; null when there is none of that id
   * @throws IllegalStateException when the thread is interrupted while it waits
   */
  @Nullable String find(int id);

  /** Those and no others. */
  static WriterSchemas of(Map<Integer, String> schemas) {
    Map<Integer, String> known = Map.copyOf(schemas);
    return known::get;
  }
}
