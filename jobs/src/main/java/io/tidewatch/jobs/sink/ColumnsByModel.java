package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a stream whose rows have others in each model of the job.
 *
 * @param <T> rows
 */
final class ColumnsByModel<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<String, List<Column<T>>> columns = new HashMap<>();

  ColumnsByModel(TelemetryModels models, Function<TelemetryModel, List<Column<T>>> columnsOf) {
    for (TelemetryModel model : models.all()) {
      columns.put(model.name(), columnsOf.apply(model));
    }
  }

  /**
   * The columns of the rows of a model.
   *
   * @throws IllegalArgumentException when there is no such model
   */
  List<Column<T>> of(@Nullable String model) {
    List<Column<T>> found = columns.get(String.valueOf(model));
    if (found == null) {
      throw new IllegalArgumentException("model: must be one of the job, was " + model);
    }
    return found;
  }
}
