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
COMMENT ON COLUMN device_features.revision IS 'Records that came after the window was told first; 0 unless late ones are allowed. A row is only replaced by one of the same or a higher revision, or of more records';
COMMENT ON COLUMN device_features.written_at IS 'When the row was last written, by the clock of the database';

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
  sketch          bytea,
  revision        int              NOT NULL DEFAULT 0 CHECK (revision >= 0),
  written_at      timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (service, endpoint, method, window_ms, window_end)
);

CREATE INDEX api_latency_windows_endpoint_idx ON api_latency_windows (endpoint, window_end DESC);
CREATE INDEX api_latency_windows_end_idx ON api_latency_windows (window_end DESC);

COMMENT ON TABLE api_latency_windows IS 'Requests of one endpoint over one event-time window';
COMMENT ON COLUMN api_latency_windows.service IS 'Name of the service that answered; _other: the services above the limit';
COMMENT ON COLUMN api_latency_windows.endpoint IS 'Route template; _other: the endpoints above the limit of the service';
COMMENT ON COLUMN api_latency_windows.method IS 'HTTP method, upper case; OTHER: of _other, one that HTTP does not define';
COMMENT ON COLUMN api_latency_windows.window_start IS 'Start of the window, inclusive';
COMMENT ON COLUMN api_latency_windows.window_end IS 'End of the window, exclusive';
COMMENT ON COLUMN api_latency_windows.window_ms IS 'Length of the window in milliseconds; windows of one length may overlap';
COMMENT ON COLUMN api_latency_windows.count IS 'Requests in the window, at least 1; exact';
COMMENT ON COLUMN api_latency_windows.rate_per_second IS 'Requests per second of the length of the window';
COMMENT ON COLUMN api_latency_windows.error_count IS 'Requests answered with a status of 500 or above; exact';
COMMENT ON COLUMN api_latency_windows.error_rate IS 'Share of errors among the requests in percent, 0 to 100';
COMMENT ON COLUMN api_latency_windows.mean_ms IS 'Mean duration in milliseconds; exact';
COMMENT ON COLUMN api_latency_windows.p50_ms IS 'Median duration in milliseconds; relative error at most 1 %. Percentiles of several windows must not be averaged: see sketch';
COMMENT ON COLUMN api_latency_windows.p90_ms IS '90th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.p95_ms IS '95th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.p99_ms IS '99th percentile of the duration in milliseconds; relative error at most 1 %';
COMMENT ON COLUMN api_latency_windows.max_ms IS 'Longest duration in milliseconds; exact';
COMMENT ON COLUMN api_latency_windows.sketch IS 'The durations as a DDSketch in the encoding of the DataDog libraries; null where it is not stored. Sketches one behind the other, string_agg(sketch, ''''), are the sketch of all their requests; take windows that do not overlap';
COMMENT ON COLUMN api_latency_windows.revision IS 'Requests that came after the window was told first; 0 unless late ones are allowed. A row is only replaced by one of the same or a higher revision, or of more requests';
COMMENT ON COLUMN api_latency_windows.written_at IS 'When the row was last written, by the clock of the database';

-- Percentiles of several windows or endpoints, from their sketches:
--   SELECT tidewatch_quantile(0.99, string_agg(sketch, '')) FROM api_latency_windows WHERE …
-- The bytes are described in io.tidewatch.analytics.quantile.StoredSketches. Bins are held in an array from
-- the bin of a nanosecond to that of three years; a logarithm of 34.9988… bins a doubling cut into whole numbers.
CREATE FUNCTION tidewatch_sketch_bins(sketches bytea)
RETURNS TABLE (value_ms double precision, count bigint)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $bins$
DECLARE
  mapping CONSTANT bytea := '\x0ec2f1e7e9ed51f03f0000000000000000';
  lowest  CONSTANT int := -698;
  slots   CONSTANT int := 1977;
  a       CONSTANT double precision := 6 / 35.0::double precision;
  b       CONSTANT double precision := -3 / 5.0::double precision;
  c       CONSTANT double precision := 10 / 7.0::double precision;
  bytes   bytea := sketches || ''::bytea; -- a copy without compression, so that a byte is found at once
  size    int := length(sketches);
  at      int := 0;
  counts  bigint[] := array_fill(0::bigint, ARRAY[slots]);
  zeros   bigint := 0;
  flag    int;
  filled  int;
  slot    int;
  byte    int;
  shift   int;
  bits    bigint;
  log     double precision;
  s       double precision;
BEGIN
  WHILE at < size LOOP
    flag := get_byte(bytes, at);
    IF flag = 14 AND substr(bytes, at + 1, 17) = mapping THEN
      at := at + 17;
    ELSIF flag = 140 THEN -- the greatest value
      at := at + 9;
    ELSIF flag = 4 OR flag = 5 THEN -- how many zeros; bins
      at := at + 1;
      filled := 1;
      IF flag = 5 THEN
        slot := -lowest;
        filled := get_byte(bytes, at);
        at := at + 1;
        IF filled >= 128 THEN
          filled := filled - 128 + (get_byte(bytes, at) << 7);
          at := at + 1;
        END IF;
      END IF;
      FOR i IN 1 .. filled LOOP
        IF flag = 5 THEN
          byte := get_byte(bytes, at);
          at := at + 1;
          IF byte >= 128 THEN
            byte := byte - 128 + (get_byte(bytes, at) << 7);
            at := at + 1;
          END IF;
          slot := slot + ((byte >> 1) # -(byte & 1));
          IF slot < 0 OR slot >= slots THEN
            RAISE EXCEPTION 'sketch: not a bin before byte %', at USING ERRCODE = 'data_exception';
          END IF;
        END IF;
        bits := 0;
        shift := 51;
        LOOP
          byte := get_byte(bytes, at);
          at := at + 1;
          IF shift < 0 THEN
            bits := bits | (byte >> 6);
            EXIT;
          END IF;
          bits := bits | ((byte & 127)::bigint << shift);
          EXIT WHEN byte < 128;
          shift := shift - 7;
        END LOOP;
        -- One more than the count as a double: exponent and significand.
        bits := ((1 + (bits & 4503599627370495) / 4503599627370496.0::double precision)
                 * 2.0::double precision ^ (bits >> 52) - 1)::bigint;
        IF flag = 5 THEN
          counts[slot + 1] := counts[slot + 1] + bits;
        ELSE
          zeros := zeros + bits;
        END IF;
      END LOOP;
    ELSE
      RAISE EXCEPTION 'sketch: byte % must begin a part that is written here, was %', at, flag
        USING ERRCODE = 'data_exception';
    END IF;
  END LOOP;
  IF zeros > 0 THEN
    value_ms := 0;
    count := zeros;
    RETURN NEXT;
  END IF;
  FOR i IN 1 .. slots LOOP
    CONTINUE WHEN counts[i] = 0;
    log := (i - 1 + lowest) / 34.998833302220895::double precision;
    -- The lower border has this logarithm: a cubic of the significand, solved by Newton.
    s := log - floor(log);
    FOR step IN 1 .. 6 LOOP
      s := s - (((a * s + b) * s + c) * s - (log - floor(log))) / ((3 * a * s + 2 * b) * s + c);
    END LOOP;
    value_ms := 1.01::double precision * 2.0::double precision ^ floor(log) * (1 + s);
    count := counts[i];
    RETURN NEXT;
  END LOOP;
END $bins$;

COMMENT ON FUNCTION tidewatch_sketch_bins IS 'How many requests took about so long, ascending, of one sketch or of several one behind the other; each value is within 1 % of those it stands for';

CREATE FUNCTION tidewatch_quantile(q double precision, sketches bytea)
RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $quantile$
BEGIN
  IF q NOT BETWEEN 0 AND 1 THEN
    RAISE EXCEPTION 'q: must be 0 to 1, was %', q USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN (
    SELECT bins.value_ms
    FROM (SELECT b.value_ms,
                 sum(b.count) OVER (ORDER BY b.value_ms) AS up_to_here,
                 sum(b.count) OVER () AS total
          FROM tidewatch_sketch_bins(sketches) b) bins
    WHERE bins.up_to_here > floor(q * (bins.total - 1))
    ORDER BY bins.value_ms
    LIMIT 1);
END $quantile$;

COMMENT ON FUNCTION tidewatch_quantile IS 'The quantile q, 0 to 1, of the durations of one sketch or of several one behind the other, in milliseconds; relative error at most 1 %. The greatest duration is max(max_ms), exact';

-- Hours from the windows that tile them, so that no request counts twice. Percentiles cannot be put together,
-- sketches can: tidewatch_quantile(0.99, sketch), which costs only who asks for it. The mean is weighed as numeric, because a product
-- of doubles may overflow, and one absurd duration would make an error of every query. A plain view on
-- purpose: it is right after a late upsert, where a continuous aggregate would need a refresh.
CREATE VIEW api_latency_1h AS
SELECT service, endpoint, method, window_ms,
       date_bin(INTERVAL '1 hour', window_start, TIMESTAMPTZ '2000-01-01 00:00:00+00') AS hour_start,
       sum(count)::bigint AS count,
       sum(error_count)::bigint AS error_count,
       100.0 * sum(error_count)::double precision / sum(count)::double precision AS error_rate,
       (sum(mean_ms::numeric * count) / sum(count))::double precision AS mean_ms,
       max(max_ms) AS max_ms,
       string_agg(sketch, '') AS sketch
FROM api_latency_windows
WHERE 3600000 % window_ms = 0
  AND (extract(epoch FROM window_end) * 1000)::bigint % window_ms = 0
GROUP BY 1, 2, 3, 4, 5;

COMMENT ON VIEW api_latency_1h IS 'Requests, errors, error rate in percent, mean and longest duration in milliseconds and sketch of each hour, from the windows that tile it; one row for each window length that divides an hour';

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
