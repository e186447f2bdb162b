package io.tidewatch.schemas.derived;

/** Why a score that is beyond its threshold is no anomaly to be told of. */
public enum Suppression {
  /** It belongs to an episode that was told a while ago, and is no worse. */
  COOLDOWN,
  /** The value is too near to what was expected to be worth a message. */
  DEVIATION,
  /** The value went the way that nobody asked about. */
  DIRECTION
}
