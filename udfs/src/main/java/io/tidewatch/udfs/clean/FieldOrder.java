package io.tidewatch.udfs.clean;

import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Which field of a model state has at which place. Panes know fields by their places only: with
 * fields in another order they would go on as those of others, and nobody would see it in the rows.
 */
final class FieldOrder {
  /** State name; a promise, see CHANGELOG. */
  static final String STATE = "model-fields";

  private final TelemetryModels models;
  private final ListState<ModelFields> stored;

  /**
   * @throws IllegalStateException when the state of a model has other fields than the first ones of
   *     that model today, naming both
   */
  FieldOrder(TelemetryModels models, OperatorStateStore state) throws Exception {
    this.models = models;
    this.stored =
        state.getUnionListState(
            new ListStateDescriptor<>(STATE, TypeInformation.of(ModelFields.class)));
    for (ModelFields then : stored.get()) {
      TelemetryModel now = models.find(then.model());
      if (now != null) {
        require(then, names(now));
      }
    }
  }

  private static void require(ModelFields then, List<String> now) {
    int known = then.fields().size();
    if (now.size() < known || !now.subList(0, known).equals(then.fields())) {
      throw new IllegalStateException(
          ("model '%s': fields must begin with %s, as in the state to go on from, were %s; put"
                  + " fields back in their places and further ones behind them, or end the job that"
                  + " wrote the state with stop --drain and start this one without state and with"
                  + " input.start: committed")
              .formatted(then.model(), then.fields(), now));
    }
  }

  /**
   * Puts them into the state.
   *
   * @param first whether this is the subtask that does so, for all
   */
  void store(boolean first) throws Exception {
    stored.update(
        first
            ? models.all().stream()
                .map(model -> new ModelFields(model.name(), names(model)))
                .toList()
            : List.of());
  }

  private static List<String> names(TelemetryModel model) {
    return model.fields().stream().map(TelemetryField::name).toList();
  }
}
