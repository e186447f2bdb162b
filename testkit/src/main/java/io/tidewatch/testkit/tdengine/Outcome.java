package io.tidewatch.testkit.tdengine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a statement gives. */
sealed interface Outcome {

  /**
   * Of a statement that is no query.
   *
   * @param rows how many were written
   */
  record Written(int rows) implements Outcome {}

  /**
   * Of a query.
   *
   * @param rows a value for each column; null is missing
   * @param precision of its times
   */
  record Rows(List<Column> columns, List<Object[]> rows, Precision precision) implements Outcome {

    /**
     * Adds to an answer what the columns are.
     *
     * @param prepared whether the query was prepared: lengths of texts are in bytes then
     */
    void describe(ObjectNode answer, boolean prepared) {
      answer.put("fields_count", columns.size());
      ArrayNode names = answer.putArray("fields_names");
      ArrayNode types = answer.putArray("fields_types");
      ArrayNode lengths = answer.putArray("fields_lengths");
      answer.put("precision", precision.code());
      ArrayNode precisions = answer.putArray("fields_precisions");
      ArrayNode scales = answer.putArray("fields_scales");
      for (Column column : columns) {
        names.add(column.name());
        types.add(column.type().code());
        lengths.add(prepared ? column.bytes() : column.length());
        precisions.add(0);
        scales.add(0);
      }
    }
  }
}
