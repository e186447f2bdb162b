package io.tidewatch.analytics.series;

import io.tidewatch.analytics.decide.SeverityRule;
import io.tidewatch.analytics.detect.DetectorState;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.ViewShare;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a row of a series. */
public final class SeriesScore {
  /**
   * Told as the version of the model. Changes with whatever makes the same rows score otherwise.
   */
  public static final String DETECTOR = "series-detector-2";

  private SeriesScore() {}

  /**
   * @param threshold of the detector
   */
  public static AnomalyScore of(SeriesRow row, Assessment assessment, double threshold) {
    Judgement judgement = assessment.judgement();
    boolean active = judgement.state() == DetectorState.ACTIVE;
    ModelStatus status =
        new ModelStatus(
            active ? ModelState.ACTIVE : ModelState.WARMING_UP,
            active ? DETECTOR : null,
            assessment.rows(),
            assessment.rowsNeeded());
    return new AnomalyScore(
        row.key().model(),
        row.key().entity(),
        row.key().metric(),
        row.windowStartMs(),
        row.windowEndMs(),
        active && assessment.hasValue() ? judgement.surprise() : Double.NaN,
        active ? threshold : Double.NaN,
        judgement.anomaly(),
        judgement.suppressed(),
        SeverityRule.ofValue(judgement.beyond(), assessment.day()),
        judgement.expected(),
        judgement.lower(),
        judgement.upper(),
        attribution(judgement),
        status,
        row.imputed(),
        assessment.day(),
        row.revision(),
        judgement.beyond() ? row.traceIds() : List.of());
  }

  private static Map<String, Double> attribution(Judgement judgement) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (ViewShare share : judgement.reasons()) {
      shares.put(share.view(), share.share());
    }
    return shares;
  }
}
