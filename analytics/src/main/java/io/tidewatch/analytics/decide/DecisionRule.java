package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.ScoreContext;
import java.io.Serializable;
import java.time.Duration;

/**
 * What is decided of the scores of whole rows, by the threshold of their model.
 *
 * @param cooldown see {@link EpisodeRule}
 * @param tailRate see {@link TailThreshold}; 0: the threshold is that of the model, whatever the
 *     day
 */
public record DecisionRule(Duration cooldown, double tailRate) implements Serializable {

  public DecisionRule {
    new EpisodeRule(cooldown);
    if (tailRate != 0) {
      new TailThreshold(tailRate);
    }
  }

  /** When a row beyond the threshold is told. */
  public EpisodeRule episodes() {
    return new EpisodeRule(cooldown);
  }

  /**
   * What is to be said of a score by itself, whatever was told before.
   *
   * @param score 0 to 1; {@code NaN} is beyond nothing
   * @param ofModel threshold of the model that scored, in (0, 1)
   * @param day the scores before it
   */
  public RowVerdict of(double score, double ofModel, ScoreContext day) {
    double threshold = tailRate == 0 ? ofModel : new TailThreshold(tailRate).of(ofModel, day);
    boolean beyond = score > threshold;
    return new RowVerdict(threshold, beyond, SeverityRule.of(beyond, score, day), null);
  }
}
