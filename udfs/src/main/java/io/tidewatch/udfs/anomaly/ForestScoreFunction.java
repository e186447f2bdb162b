package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.forest.IsolationForest;
import io.tidewatch.analytics.model.ActiveModel;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ForestModel;
import io.tidewatch.analytics.model.LifeCycle;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.PopulationStability;
import io.tidewatch.analytics.model.RowScore;
import io.tidewatch.analytics.model.TrainingRule;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores each row of features by the model of its key, learns from it, and trains the next model
 * when one is due. A row is scored first and learnt then, so a model never scores a row that it was
 * trained from; the next model scores from the next row of the key on. The same rows in the same
 * order give the same models and the same scores.
 *
 * <p>Not learnt are corrections (their window was learnt when it was told first), rows without any
 * value, and rows of which too much was imputed. All of them are scored.
 *
 * <p>On the second input come artifacts and wishes of people, keyed alike: they take effect between
 * two rows. What a job told itself comes back there, too, and is passed over. What cannot be done
 * is refused to the side, and the model in use goes on.
 *
 * <p>A key whose features are not those it learnt from begins anew. A key without a row for the
 * configured time is forgotten, by an event-time timer. State: see {@link History}, {@link
 * KeyedModels}, {@link ScoreDay}, {@link Episodes}, and one small value that each row writes.
 */
public final class ForestScoreFunction
    extends KeyedCoProcessFunction<String, FeatureVector, ModelUpdate, AnomalyScore> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ForestScoreFunction.class);

  /** Models that were trained, or gone back to, to be told. */
  public static final OutputTag<ModelDocument> MODELS =
      new OutputTag<>("models", TypeInformation.of(ModelDocument.class));

  /** Messages of people that cannot be followed. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected-models", TypeInformation.of(Rejected.class));

  /** State name; a promise, see CHANGELOG. */
  static final String LIFE_CYCLE = "life-cycle";

  private final HashMap<String, FeatureSelection> selections;
  private final ModelSettings settings;
  private final HashMap<String, byte[]> knownAtStart;
  private transient ValueState<LifeCycle> lifeCycle;
  private transient History history;
  private transient KeyedModels models;
  private transient ScoreDay day;
  private transient Episodes episodes;
  private transient ModelTrainer trainer;
  transient AnomalyCounters counters; // its tests look at them

  /**
   * @param selections the scored features of each telemetry model, by its name
   * @param knownAtStart artifacts by key of their model, for keys of which the state says nothing
   */
  @SuppressWarnings("NullAway.Init") // transient fields are set by open()
  public ForestScoreFunction(
      Map<String, FeatureSelection> selections,
      ModelSettings settings,
      Map<String, byte[]> knownAtStart) {
    this.selections = new HashMap<>(selections);
    this.settings = settings;
    this.knownAtStart = new HashMap<>(knownAtStart);
  }

  @Override
  public void open(OpenContext context) {
    lifeCycle =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(LIFE_CYCLE, TypeInformation.of(LifeCycle.class)));
    history = new History(getRuntimeContext(), settings);
    models =
        new KeyedModels(getRuntimeContext(), settings.keptVersions(), settings.cachedForests());
    day = new ScoreDay(getRuntimeContext());
    episodes = new Episodes(getRuntimeContext(), settings.decision().episodes());
    trainer =
        new ModelTrainer(
            ForestEngines.named(settings.forest().engine()),
            settings.forest(),
            settings.threshold());
    counters = new AnomalyCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(FeatureVector vector, Context context, Collector<AnomalyScore> out)
      throws Exception {
    FeatureSelection features = features(vector.model());
    LifeCycle before = life(context.getCurrentKey(), features);
    if (before.newestMs() == LifeCycle.NO_ROW) {
      wakeWhenSilent(context, vector.windowEndMs());
    }
    LifeCycle life = before.seen(vector.windowEndMs());
    double[] row = features.row(vector);
    ActiveModel active = models.active();
    ForestModel model = active == null ? null : models.forest(active);
    if (active != null && model == null) {
      counters.dropped.inc();
    }
    RowScore told =
        new RowScore(vector, features.imputedRatio(vector) > 0, settings.training().warmUpRows());
    AnomalyScore score;
    if (model == null) {
      counters.warmingUp.inc();
      score = told.warmingUp(life.learnt());
    } else {
      score = scored(told, row, model);
    }
    out.collect(score);

    if (active != null && model != null && vector.revision() == 0 && !Double.isNaN(score.score())) {
      life = life.scored(PopulationStability.bin(active.deciles(), score.score()));
    }
    if (settings.history().learns(vector, features, row)) {
      life = life.learnt(history.add(vector, row, life.sampled()));
    } else {
      counters.notLearnt.inc();
    }
    lifeCycle.update(trainWhenDue(context, features, life, model == null ? null : active));
  }

  @Override
  public void processElement2(ModelUpdate update, Context context, Collector<AnomalyScore> out)
      throws Exception {
    if (update.toldByJob()) {
      counters.own.inc();
      return;
    }
    String key = context.getCurrentKey();
    LifeCycle life = life(key, features(ModelScope.model(key)));
    if (!models.use(update.rollback() ? models.kept(update.version()) : update.document())) {
      lifeCycle.update(life);
      refuse(update, context);
    } else {
      lifeCycle.update(life.renewed());
      (update.rollback() ? counters.rolledBack : counters.imported).inc();
    }
    ActiveModel active = models.active();
    if (update.rollback() && active != null) {
      // The wish has taken the place of the artifact in the compacted topic.
      context.output(MODELS, new ModelDocument(key, models.document(active)));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AnomalyScore> out)
      throws Exception {
    LifeCycle life = lifeCycle.value();
    if (life == null || life.newestMs() == LifeCycle.NO_ROW) {
      return;
    }
    if (life.newestMs() + settings.forgetAfter().toMillis() > timestamp) {
      wakeWhenSilent(context, life.newestMs());
      return;
    }
    counters.forgotten.inc();
    clear();
    lifeCycle.clear();
  }

  private FeatureSelection features(String model) {
    return Objects.requireNonNull(selections.get(model), "models are checked where they are read");
  }

  private void wakeWhenSilent(Context context, long newestMs) {
    context.timerService().registerEventTimeTimer(newestMs + settings.forgetAfter().toMillis());
  }

  /** What is known of a key, as long as it is about the features of today. */
  private LifeCycle life(String key, FeatureSelection features) throws Exception {
    LifeCycle life = lifeCycle.value();
    if (life != null && life.fingerprint() == features.fingerprint()) {
      return life;
    }
    LifeCycle begun = LifeCycle.begin(features.fingerprint());
    byte[] known = knownAtStart.get(key);
    if (life != null) {
      LOG.warn("model {}: its features are other ones now, it begins anew", key);
      counters.dropped.inc();
      clear();
      begun = begun.seen(life.newestMs()); // its timer is still there
    }
    if (known != null) {
      models.use(known);
    }
    return begun;
  }

  private AnomalyScore scored(RowScore told, double[] row, ForestModel model) throws Exception {
    FeatureVector vector = told.vector();
    double value = model.forest().score(row);
    if (Double.isNaN(value)) {
      counters.withoutValue.inc();
    } else {
      counters.scored.inc();
      if (IsolationForest.missing(row) > 0) {
        counters.withMissing.inc();
      }
    }
    ScoreContext context = day.contextOf(vector.windowEndMs(), value, vector.revision() == 0);
    RowVerdict verdict = settings.decision().of(value, model.artifact().threshold(), context);
    if (verdict.beyond()) {
      verdict = episodes.decide(vector, verdict);
      (verdict.anomaly() ? counters.anomalies : counters.suppressed).inc();
    }
    return told.by(model, row, value, verdict, context);
  }

  /** The life of the key after a row, with its next model when one is due. */
  private LifeCycle trainWhenDue(
      Context context, FeatureSelection features, LifeCycle life, @Nullable ActiveModel active)
      throws Exception {
    boolean enough = life.driftRows() >= settings.training().driftRows();
    double psi =
        active != null && enough
            ? PopulationStability.index(active.deciles(), life.drift())
            : Double.NaN;
    LifeCycle next = enough ? life.driftSeen() : life;
    TrainingRule rule = settings.training();
    if (rule.due(active != null, life.sampled(), life.learnt(), life.ageMs(), psi) == null) {
      return next;
    }
    String key = context.getCurrentKey();
    try {
      ForestModel trained = trainer.train(key, features.features(), history.rows(life.sampled()));
      byte[] document = ModelMessageCodec.encode(trained.artifact());
      models.use(trained, document);
      counters.trained.inc();
      context.output(MODELS, new ModelDocument(key, document));
    } catch (IllegalArgumentException e) {
      // It is tried again when the next training is due; what scores now goes on.
      LOG.warn("model {} could not be trained: {}", key, e.getMessage());
      counters.trainingsFailed.inc();
    }
    return next.renewed();
  }

  private void refuse(ModelUpdate update, Context context) throws Exception {
    counters.unknownVersions.inc();
    ActiveModel active = models.active();
    ModelUpdate.Origin origin = Objects.requireNonNull(update.origin(), "read from the stream");
    context.output(
        REJECTED,
        new Rejected(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            origin.timestampMs(),
            update.modelKey().getBytes(StandardCharsets.UTF_8),
            update.document(),
            RejectReason.UNKNOWN_VERSION,
            "version: must be one that is kept (%s), was '%s'"
                .formatted(
                    active == null ? "none" : String.join(", ", active.kept()), update.version())));
  }

  /** All but the life cycle. */
  private void clear() {
    history.clear();
    models.clear();
    day.clear();
    episodes.clear();
  }
}
