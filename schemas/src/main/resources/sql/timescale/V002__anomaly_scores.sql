-- Anomaly scores. Rows are written by upsert on the primary key, so that a replay writes the same rows again.

CREATE TABLE anomaly_scores (
  model         text             NOT NULL,
  entity        text             NOT NULL,
  metric        text             NOT NULL,
  window_start  timestamptz      NOT NULL,
  window_end    timestamptz      NOT NULL,
  window_ms     bigint           NOT NULL CHECK (window_ms > 0),
  score         double precision CHECK (score BETWEEN 0 AND 1),
  threshold     double precision CHECK (threshold BETWEEN 0 AND 1),
  is_anomaly    boolean          NOT NULL,
  severity      text             NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  expected      double precision,
  lower         double precision,
  upper         double precision,
  attribution   jsonb            NOT NULL,
  state         text             NOT NULL CHECK (state IN ('warming_up', 'active')),
  model_version text,
  rows          bigint           NOT NULL CHECK (rows >= 0),
  rows_needed   bigint           NOT NULL CHECK (rows_needed > 0),
  imputed       boolean          NOT NULL,
  day_rows      bigint           NOT NULL CHECK (day_rows >= 0),
  day_mean      double precision,
  day_std       double precision,
  day_p95       double precision,
  day_p99       double precision,
  day_percentile double precision,
  revision      int              NOT NULL DEFAULT 0 CHECK (revision >= 0),
  written_at    timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (model, entity, metric, window_ms, window_end)
);

-- Anomalies are few and are what people look for, latest first.
CREATE INDEX anomaly_scores_anomalies_idx ON anomaly_scores (window_end DESC) WHERE is_anomaly;
CREATE INDEX anomaly_scores_entity_idx ON anomaly_scores (entity, window_end DESC);

COMMENT ON TABLE anomaly_scores IS 'How unlike the others one window of a device is, or how unlike its past one metric of a device or endpoint';
COMMENT ON COLUMN anomaly_scores.model IS 'Name of the telemetry model; _latency for metrics of endpoints';
COMMENT ON COLUMN anomaly_scores.entity IS 'The device, unique within its model; of endpoints method, service and endpoint';
COMMENT ON COLUMN anomaly_scores.metric IS 'What was scored: _row for the features of the window as a whole, else the name of the one that was scored by itself';
COMMENT ON COLUMN anomaly_scores.window_start IS 'Start of the window, inclusive';
COMMENT ON COLUMN anomaly_scores.window_end IS 'End of the window, exclusive';
COMMENT ON COLUMN anomaly_scores.window_ms IS 'Length of the window in milliseconds; windows of one length may overlap';
COMMENT ON COLUMN anomaly_scores.score IS '0 to 1, greater is less usual; null without a model, and of a row without any value';
COMMENT ON COLUMN anomaly_scores.threshold IS 'Above which a score is an anomaly, of single metrics from which on; null without a model';
COMMENT ON COLUMN anomaly_scores.is_anomaly IS 'Whether the score is that of an anomaly, by the threshold';
COMMENT ON COLUMN anomaly_scores.severity IS 'Of an anomaly: critical above the 99th percentile of 24 hours, warning above the 95th, else info; of single metrics also below the 1st and the 5th';
COMMENT ON COLUMN anomaly_scores.expected IS 'The value that was expected, in the unit of the metric; null where nothing is';
COMMENT ON COLUMN anomaly_scores.lower IS 'Least value that would have been usual; null likewise';
COMMENT ON COLUMN anomaly_scores.upper IS 'Greatest value that would have been usual; null likewise';
COMMENT ON COLUMN anomaly_scores.attribution IS 'Of an anomaly: the features, of single metrics the views, that made it one by name, with their shares, in sum 1';
COMMENT ON COLUMN anomaly_scores.state IS 'warming_up until the first training, of single metrics until enough was seen, then active';
COMMENT ON COLUMN anomaly_scores.model_version IS 'Version of the model or detector that scored; null while there is none';
COMMENT ON COLUMN anomaly_scores.rows IS 'Rows learnt so far, at most rows_needed';
COMMENT ON COLUMN anomaly_scores.rows_needed IS 'Rows that the first training, or the first score of a single metric, waits for';
COMMENT ON COLUMN anomaly_scores.imputed IS 'Whether a value of the window was put in place of a missing one';
COMMENT ON COLUMN anomaly_scores.day_rows IS 'How many scores of the 24 hours before, by the same model; of single metrics how many values, one a minute at most';
COMMENT ON COLUMN anomaly_scores.day_mean IS 'Their mean; null without any';
COMMENT ON COLUMN anomaly_scores.day_std IS 'Their standard deviation, that of the population; null without any';
COMMENT ON COLUMN anomaly_scores.day_p95 IS 'Their 95th percentile; null without any';
COMMENT ON COLUMN anomaly_scores.day_p99 IS 'Their 99th percentile; null without any';
COMMENT ON COLUMN anomaly_scores.day_percentile IS 'How many percent of them are below the score or value; null without any';
COMMENT ON COLUMN anomaly_scores.revision IS 'Revision of the row of features. A row is only replaced by one of the same or a higher revision';
COMMENT ON COLUMN anomaly_scores.written_at IS 'When the row was last written, by the clock of the database';

DO $timescale$
BEGIN
  -- The second condition: the Apache-licensed build has neither compression nor policies.
  IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'timescaledb')
     AND current_setting('timescaledb.license', true) = 'timescale' THEN
    PERFORM create_hypertable('anomaly_scores', by_range('window_end', INTERVAL '1 day'),
                              if_not_exists => true, create_default_indexes => false);
    ALTER TABLE anomaly_scores SET (
      timescaledb.compress,
      timescaledb.compress_segmentby = 'model,entity,metric',
      timescaledb.compress_orderby = 'window_end DESC, window_ms');
    PERFORM add_compression_policy('anomaly_scores', INTERVAL '2 days', if_not_exists => true);
    PERFORM add_retention_policy('anomaly_scores', INTERVAL '90 days', if_not_exists => true);
  END IF;
END $timescale$;
