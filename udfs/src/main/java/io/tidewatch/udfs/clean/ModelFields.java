package io.tidewatch.udfs.clean;

import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a model state has at which place. Panes know fields by their places only: with
 * fields in another order they would go on as those of others, and nobody would see it in the rows.
 *
 * @param model its name
 * @param fields their names when the state was written, in their order
 */
public record ModelFields(String model, List<String> fields) {
  /** State name; a promise, see CHANGELOG. */
  public static final String STATE = "model-fields";

  /** Those of a model as it is. */
  static ModelFields of(TelemetryModel model) {
    return new ModelFields(
        model.name(), model.fields().stream().map(TelemetryField::name).toList());
  }

  /**
   * Why state of these fields cannot be gone on from with the models of today; null when it can:
   * the model is gone, or begins with the same fields.
   */
  public @Nullable String mismatch(TelemetryModels models) {
    TelemetryModel model = models.find(this.model);
    if (model == null) {
      return null;
    }
    List<String> now = of(model).fields();
    int known = fields.size();
    return now.size() >= known && now.subList(0, known).equals(fields)
        ? null
        : ("model '%s': fields must begin with %s, as in the state to go on from, were %s; put"
                + " fields back in their places and further ones behind them, or end the job that"
                + " wrote the state with stop --drain and start this one without state and with"
                + " input.start: committed")
            .formatted(this.model, fields, now);
  }
}
