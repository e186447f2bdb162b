package io.tidewatch.analytics.alert.life;

/** What made a transition. */
public enum Cause {
  /** A record: the condition held for long enough, or was over for long enough. */
  RECORD,
  /** The series sent nothing while others did. */
  SILENCE,
  /** No series sent anything. */
  TOPIC_SILENCE,
  /** The series sent records, but none with enough samples. */
  FEW_SAMPLES,
  /** A series that was silent sent again. */
  DATA_IS_BACK,
  /** A series was silent for so long that it is taken for gone. */
  SERIES_IS_GONE,
  /** It changed too often. */
  CHANGES,
  /** It had changed too often and is calm again. */
  CALM,
  /** What kept people from being told is over, and the alert goes on. */
  CATCH_UP,
  /** The rule is no more. */
  RULE_REMOVED,
  /** The rule says something else now. */
  RULE_REPLACED
}
