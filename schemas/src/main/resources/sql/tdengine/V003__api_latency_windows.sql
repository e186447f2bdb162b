-- Latency windows in TDengine 3: a super table, and in it a table an endpoint and length of windows.
-- To be run once, with ${database} filled in. Columns are those of PostgreSQL, but for the sketch.
-- A table is named by a hash, never by what came in, which is in its tags.
-- A row is written over the one of its table and time, also over one of a higher revision: the one told later stays.

CREATE DATABASE IF NOT EXISTS `${database}` PRECISION 'ms' KEEP 36500;

CREATE STABLE IF NOT EXISTS `${database}`.`api_latency_windows` (
  `window_end` TIMESTAMP,
  `window_start` TIMESTAMP,
  `window_ms` BIGINT,
  `count` BIGINT,
  `rate_per_second` DOUBLE,
  `error_count` BIGINT,
  `error_rate` DOUBLE,
  `mean_ms` DOUBLE,
  `p50_ms` DOUBLE,
  `p90_ms` DOUBLE,
  `p95_ms` DOUBLE,
  `p99_ms` DOUBLE,
  `max_ms` DOUBLE,
  `revision` INT
) TAGS (
  `service` NCHAR(256),
  `endpoint` NCHAR(256),
  `method` NCHAR(16)
);
