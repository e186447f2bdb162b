-- Anomaly scores in TDengine 3: a super table, and in it a table a series and length of windows.
-- To be run once, with ${database} filled in. Columns are those of PostgreSQL.
-- A table is named by a hash, never by what came in, which is in its tags.
-- A row is written over the one of its table and time, also over one of a higher revision: the one told later stays.

CREATE DATABASE IF NOT EXISTS `${database}` PRECISION 'ms' KEEP 36500;

-- attribution: JSON, in ASCII. A row of which it is longer is refused.
-- entity: of endpoints a method of 16 characters, a service of 256, each of which may be written as three (%20), and a
-- template of 256, with two spaces between them; a device has at most 256.
CREATE STABLE IF NOT EXISTS `${database}`.`anomaly_scores` (
  `window_end` TIMESTAMP,
  `window_start` TIMESTAMP,
  `window_ms` BIGINT,
  `score` DOUBLE,
  `threshold` DOUBLE,
  `is_anomaly` BOOL,
  `suppressed` NCHAR(16),
  `severity` NCHAR(16),
  `expected` DOUBLE,
  `lower` DOUBLE,
  `upper` DOUBLE,
  `attribution` VARCHAR(16000),
  `state` NCHAR(16),
  `model_version` NCHAR(128),
  `rows` BIGINT,
  `rows_needed` BIGINT,
  `imputed` BOOL,
  `day_rows` BIGINT,
  `day_mean` DOUBLE,
  `day_std` DOUBLE,
  `day_p95` DOUBLE,
  `day_p99` DOUBLE,
  `day_percentile` DOUBLE,
  `revision` INT
) TAGS (
  `model` NCHAR(64),
  `entity` NCHAR(1042),
  `metric` NCHAR(256)
);
