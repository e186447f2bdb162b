-- Window results. Valid unchanged on PostgreSQL 14 and newer, with or without TimescaleDB.
-- Rows are written by upsert on the primary key, so that a replay writes the same rows again.

CREATE TABLE device_features (
  model        text        NOT NULL,
  device_id    text        NOT NULL,
  window_start timestamptz NOT NULL,
  window_end   timestamptz NOT NULL,
  window_ms    bigint      NOT NULL CHECK (window_ms > 0),
  records      bigint      NOT NULL CHECK (records > 0),
  features     jsonb       NOT NULL,
  revision     int         NOT NULL DEFAULT 0 CHECK (revision >= 0),
  written_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model, device_id, window_ms, window_end)
);

-- The primary key serves one device and one window length; this one all lengths, latest first.
CREATE INDEX device_features_device_idx ON device_features (device_id, window_end DESC);
CREATE INDEX device_features_end_idx ON device_features (window_end DESC);

COMMENT ON TABLE device_features IS 'Features of one device over one window, by time or by points as its model says';
COMMENT ON COLUMN device_features.model IS 'Name of the telemetry model';
COMMENT ON COLUMN device_features.device_id IS 'The device, unique within its model';
COMMENT ON COLUMN device_features.window_start IS 'Start of the window, inclusive; by points, event time of its first point';
COMMENT ON COLUMN device_features.window_end IS 'End of the window, exclusive; by points, 1 ms after its last point, or after the end before where that is not later. No two windows by points of a device have the same';
COMMENT ON COLUMN device_features.window_ms IS 'Length of the window in milliseconds; windows of one length may overlap; by points, each has its own';
COMMENT ON COLUMN device_features.records IS 'Records of the device in the window, at least 1';
COMMENT ON COLUMN device_features.features IS 'One number a feature: <field>_mean, _std, _min, _max in the unit of the field, <field>_count in values; null where it is not defined';
COMMENT ON COLUMN device_features.revision IS 'Records that came after the window was told first; 0 unless late ones are allowed. A row is only replaced by one of the same or a higher revision';
COMMENT ON COLUMN device_features.written_at IS 'When the row was first written, by the clock of the database';

-- One row a feature, for charts and for SQL that does not know JSON.
CREATE VIEW device_feature_values AS
SELECT f.model, f.device_id, f.window_start, f.window_end, f.window_ms,
       e.key AS feature, e.value::double precision AS value
FROM device_features f
CROSS JOIN LATERAL jsonb_each_text(f.features) AS e (key, value);

COMMENT ON VIEW device_feature_values IS 'One row a feature of device_features; value is null where the feature is not defined';

CREATE TABLE api_latency_windows (
  service         text             NOT NULL,
  endpoint        text             NOT NULL,
  method          text             NOT NULL,
  window_start    timestamptz      NOT NULL,
  window_end      timestamptz      NOT NULL,
  window_ms       bigint           NOT NULL CHECK (window_ms > 0),
  count           bigint           NOT NULL CHECK (count > 0),
  rate_per_second double precision NOT NULL,
  error_count     bigint           NOT NULL CHECK (error_count BETWEEN 0 AND count),
  error_rate      double precision NOT NULL CHECK (error_rate BETWEEN 0 AND 100),
  mean_ms         double precision NOT NULL,
  p50_ms          double precision NOT NULL,
  p90_ms          double precision NOT NULL,
  p95_ms          double precision NOT NULL,
  p99_ms          double precision NOT NULL,
  max_ms          double precision NOT NULL,
  revision        int              NOT NULL DEFAULT 0 CHECK (revision >= 0),
  written_at      timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (service, endpoint, method, window_ms, window_end)
);

CREATE INDEX api_latency_windows_endpoint_idx ON api_latency_windows (endpoint, window_end DESC);
CREATE INDEX api_latency_windows_end_idx ON api_latency_windows (window_end DESC);

COMMENT ON TABLE api_latency_windows IS 'Requests of one endpoint over one event-time window';
COMMENT ON COLUMN api_latency_windows.service IS 'Name of the service that answered';
COMMENT ON COLUMN api_latency_windows.endpoint IS 'Route template';
COMMENT ON COLUMN api_latency_windows.method IS 'HTTP method, upper case';
COMMENT ON COLUMN api_latency_windows.window_start IS 'Start of the window, inclusive';
COMMENT ON COLUMN api_latency_windows.window_end IS 'End of the window, exclusive';
COMMENT ON COLUMN api_latency_windows.window_ms IS 'Length of the window in milliseconds; windows of one length may overlap';
COMMENT ON COLUMN api_latency_windows.count IS 'Requests in the window, at least 1; exact';
COMMENT ON COLUMN api_latency_windows.rate_per_second IS 'Requests per second of the length of the window';
COMMENT ON COLUMN api_latency_windows.error_count IS 'Requests answered with a status of 500 or above; exact';
COMMENT ON COLUMN api_latency_windows.error_rate IS 'Share of errors among the requests in percent, 0 to 100';
COMMENT ON COLUMN api_latency_windows.mean_ms IS 'Mean duration in milliseconds; exact';
COMMENT ON COLUMN api_latency_windows.p50_ms IS 'Median duration in milliseconds; relative error at most 1 %. Percentiles of several windows must not be averaged';
COMMENT ON COLUMN api_latency_windows.p90_ms IS '90th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.p95_ms IS '95th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.p99_ms IS '99th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.max_ms IS 'Longest duration in milliseconds; exact';
COMMENT ON COLUMN api_latency_windows.revision IS 'Requests that came after the window was told first; 0 unless late ones are allowed. A row is only replaced by one of the same or a higher revision';
COMMENT ON COLUMN api_latency_windows.written_at IS 'When the row was first written, by the clock of the database';

-- Hours from the windows that tile them, so that no request counts twice; no percentiles, because
-- those of several windows cannot be put together. The mean is weighed as numeric, because a product
-- of doubles may overflow, and one absurd duration would make an error of every query. A plain view on purpose: it is right after a
-- late upsert, where a continuous aggregate would need a refresh.
CREATE VIEW api_latency_1h AS
SELECT service, endpoint, method, window_ms,
       date_bin(INTERVAL '1 hour', window_start, TIMESTAMPTZ '2000-01-01 00:00:00+00') AS hour_start,
       sum(count)::bigint AS count,
       sum(error_count)::bigint AS error_count,
       100.0 * sum(error_count)::double precision / sum(count)::double precision AS error_rate,
       (sum(mean_ms::numeric * count) / sum(count))::double precision AS mean_ms,
       max(max_ms) AS max_ms
FROM api_latency_windows
WHERE 3600000 % window_ms = 0
  AND (extract(epoch FROM window_end) * 1000)::bigint % window_ms = 0
GROUP BY 1, 2, 3, 4, 5;

COMMENT ON VIEW api_latency_1h IS 'Requests, errors, error rate in percent, mean and longest duration in milliseconds of each hour, from the windows that tile it; one row for each window length that divides an hour';

DO $timescale$
BEGIN
  -- The second condition: the Apache-licensed build has neither compression nor policies.
  IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'timescaledb')
     AND current_setting('timescaledb.license', true) = 'timescale' THEN
    PERFORM create_hypertable('device_features', by_range('window_end', INTERVAL '1 day'),
                              if_not_exists => true, create_default_indexes => false);
    PERFORM create_hypertable('api_latency_windows', by_range('window_end', INTERVAL '1 day'),
                              if_not_exists => true, create_default_indexes => false);
    -- Not by window_ms: windows by points each have their own, and segments would be single rows.
    ALTER TABLE device_features SET (
      timescaledb.compress,
      timescaledb.compress_segmentby = 'model,device_id',
      timescaledb.compress_orderby = 'window_end DESC, window_ms');
    ALTER TABLE api_latency_windows SET (
      timescaledb.compress,
      timescaledb.compress_segmentby = 'service,endpoint,method,window_ms',
      timescaledb.compress_orderby = 'window_end DESC');
    -- Later than any late record is still written: upserts into compressed chunks work, slowly.
    PERFORM add_compression_policy('device_features', INTERVAL '2 days', if_not_exists => true);
    PERFORM add_compression_policy('api_latency_windows', INTERVAL '2 days', if_not_exists => true);
    PERFORM add_retention_policy('device_features', INTERVAL '90 days', if_not_exists => true);
    PERFORM add_retention_policy('api_latency_windows', INTERVAL '90 days', if_not_exists => true);
  END IF;
END $timescale$;
