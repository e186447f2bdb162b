package io.tidewatch.jobs.sink.tdengine;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Where the rows of a stream lie in TDengine. A row is written over the one of its table and time.
 *
 * @param <T> rows
 * @param all super tables
 * @param superTable name of that of a row
 * @param stream letter that names of its tables begin with
 * @param parts what tells the table of a row apart from all others of the stream, whatever their
 *     super table, without zero characters
 * @param timeMs its time, milliseconds since the epoch
 */
public record SuperTables<T>(
    List<SuperTable<T>> all,
    SerializableFunction<T, String> superTable,
    char stream,
    SerializableFunction<T, List<String>> parts,
    SerializableFunction<T, Long> timeMs)
    implements Serializable {

  String superTableOf(T row) {
    return superTable.apply(row);
  }

  String tableOf(T row) {
    return TableName.of(stream, partsOf(row));
  }

  List<String> partsOf(T row) {
    return parts.apply(row);
  }

  long timeMsOf(T row) {
    return timeMs.apply(row);
  }
}
