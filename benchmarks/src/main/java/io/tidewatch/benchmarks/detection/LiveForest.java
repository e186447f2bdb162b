package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.decide.Episode;
import io.tidewatch.analytics.decide.EpisodeRule;
import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ForestModel;
import io.tidewatch.analytics.model.LifeCycle;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.PastRows;
import io.tidewatch.analytics.model.PopulationStability;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.ScoreContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forest of the anomaly job on the rows of one key: a row is scored first and learnt then, and
 * models are trained when the job would train them. Several rules of the threshold are held against
 * the same scores: no threshold changes what is learnt.
 */
final class LiveForest {
  private final ModelSettings settings;
  private final FeatureSelection features;
  private final List<ThresholdRule> rules;
  private final String key;
  private final PastRows past;
  private final ModelTrainer trainer;
  private LifeCycle life;
  private @Nullable ForestModel model;
  private double[] deciles = {};
  private double[] thresholds = {};
  private final ScoresOfDay day = new ScoresOfDay();
  private final @Nullable Episode[] episodes;
  private int trainings;

  /**
   * @param key of the model
   */
  LiveForest(
      ModelSettings settings, FeatureSelection features, List<ThresholdRule> rules, String key) {
    this.settings = settings;
    this.features = features;
    this.rules = rules;
    this.key = key;
    this.past = new PastRows(settings, features);
    this.trainer =
        new ModelTrainer(
            ForestEngines.named(settings.forest().engine()),
            settings.forest(),
            settings.threshold());
    this.life = LifeCycle.begin(features.fingerprint());
    this.episodes = new Episode[rules.size()];
  }

  /**
   * What is said of a row.
   *
   * @param score NaN for a row without values
   * @param verdicts what is decided by each of the rules
   */
  record Told(double score, RowVerdict[] verdicts) {}

  /**
   * Takes the next row.
   *
   * @return null where no model scores it yet
   */
  @Nullable Told next(FeatureVector vector) {
    life = life.seen(vector.windowEndMs());
    Told told = null;
    double[] row = features.row(vector);
    if (model != null) {
      double score = model.forest().score(row);
      ScoreContext before = day.contextOf(vector.windowEndMs(), score);
      RowVerdict[] verdicts = new RowVerdict[thresholds.length];
      for (int rule = 0; rule < thresholds.length; rule++) {
        verdicts[rule] = decided(rule, vector, score, before);
      }
      told = new Told(score, verdicts);
      if (!Double.isNaN(score)) {
        life = life.scored(PopulationStability.bin(deciles, score));
      }
    }
    long learntBefore = past.learnt();
    past.add(vector);
    if (past.learnt() > learntBefore) {
      life = life.learnt(past.history(key).size());
    }
    trainWhenDue();
    return told;
  }

  private RowVerdict decided(int rule, FeatureVector vector, double score, ScoreContext before) {
    RowVerdict verdict = settings.decision().of(score, thresholds[rule], before);
    long endMs = vector.windowEndMs();
    EpisodeRule cooldown = settings.decision().episodes();
    RowVerdict decided = cooldown.decide(verdict, episodes[rule], vector.windowStartMs(), endMs);
    if (decided.anomaly()) {
      episodes[rule] = EpisodeRule.after(episodes[rule], endMs, verdict.severity());
    }
    return decided;
  }

  /** Models that were trained. */
  int trainings() {
    return trainings;
  }

  private void trainWhenDue() {
    boolean enough = model != null && life.driftRows() >= settings.training().driftRows();
    double psi = enough ? PopulationStability.index(deciles, life.drift()) : Double.NaN;
    life = enough ? life.driftSeen() : life;
    if (settings.training().due(model != null, life.sampled(), life.learnt(), life.ageMs(), psi)
        == null) {
      return;
    }
    List<ReservoirRow> history = past.history(key);
    ForestModel trained = trainer.train(key, features.features(), history);
    double[] scores =
        trained
            .forest()
            .scores(history.stream().map(ReservoirRow::values).toArray(double[][]::new));
    double[] ascending =
        Arrays.stream(scores).filter(score -> !Double.isNaN(score)).sorted().toArray();
    thresholds = rules.stream().mapToDouble(rule -> rule.of(ascending)).toArray();
    deciles = trained.artifact().scoreDeciles().stream().mapToDouble(Double::doubleValue).toArray();
    model = trained;
    trainings++;
    life = life.renewed();
  }
}
