-- Tables of plain metrics, and whether the background jobs of TimescaleDB live. Valid unchanged on PostgreSQL 14
-- and newer, with or without TimescaleDB. No job of this version writes these tables; they are there for those who
-- bring their own metrics, by upsert on the primary key, which also finds one metric of one host.

CREATE TABLE performance_metrics (
  name       text             NOT NULL,
  host       text             NOT NULL,
  source     text             NOT NULL,
  unit       text             NOT NULL,
  ts         timestamptz      NOT NULL,
  value      double precision NOT NULL,
  tags       jsonb            NOT NULL DEFAULT '{}',
  written_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (name, host, ts)
);

CREATE INDEX performance_metrics_host_idx ON performance_metrics (host, ts DESC);
CREATE INDEX performance_metrics_ts_idx ON performance_metrics (ts DESC);

COMMENT ON TABLE performance_metrics IS 'How fast something is: durations, rates, throughput';
COMMENT ON COLUMN performance_metrics.name IS 'Name of the metric, as checkout_duration';
COMMENT ON COLUMN performance_metrics.host IS 'Where it was measured; empty where it is of no host';
COMMENT ON COLUMN performance_metrics.source IS 'The program that told it';
COMMENT ON COLUMN performance_metrics.unit IS 'Unit of the value, as UCUM writes it';
COMMENT ON COLUMN performance_metrics.ts IS 'When it was measured';
COMMENT ON COLUMN performance_metrics.value IS 'The value in its unit';
COMMENT ON COLUMN performance_metrics.tags IS 'Text by name, free';
COMMENT ON COLUMN performance_metrics.written_at IS 'When the row was last written, by the clock of the database';

CREATE TABLE business_metrics (
  name       text             NOT NULL,
  host       text             NOT NULL,
  source     text             NOT NULL,
  unit       text             NOT NULL,
  ts         timestamptz      NOT NULL,
  value      double precision NOT NULL,
  tags       jsonb            NOT NULL DEFAULT '{}',
  written_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (name, host, ts)
);

CREATE INDEX business_metrics_host_idx ON business_metrics (host, ts DESC);
CREATE INDEX business_metrics_ts_idx ON business_metrics (ts DESC);

COMMENT ON TABLE business_metrics IS 'What is done: orders, sales, sessions';
COMMENT ON COLUMN business_metrics.name IS 'Name of the metric, as orders';
COMMENT ON COLUMN business_metrics.host IS 'Where it was measured; empty where it is of no host';
COMMENT ON COLUMN business_metrics.source IS 'The program that told it';
COMMENT ON COLUMN business_metrics.unit IS 'Unit of the value, as UCUM writes it';
COMMENT ON COLUMN business_metrics.ts IS 'When it was measured';
COMMENT ON COLUMN business_metrics.value IS 'The value in its unit';
COMMENT ON COLUMN business_metrics.tags IS 'Text by name, free';
COMMENT ON COLUMN business_metrics.written_at IS 'When the row was last written, by the clock of the database';

CREATE TABLE system_metrics (
  name       text             NOT NULL,
  host       text             NOT NULL,
  source     text             NOT NULL,
  unit       text             NOT NULL,
  ts         timestamptz      NOT NULL,
  value      double precision NOT NULL,
  tags       jsonb            NOT NULL DEFAULT '{}',
  written_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (name, host, ts)
);

CREATE INDEX system_metrics_host_idx ON system_metrics (host, ts DESC);
CREATE INDEX system_metrics_ts_idx ON system_metrics (ts DESC);

COMMENT ON TABLE system_metrics IS 'How machines are: processor, memory, disks, network';
COMMENT ON COLUMN system_metrics.name IS 'Name of the metric, as cpu_percent';
COMMENT ON COLUMN system_metrics.host IS 'Where it was measured; empty where it is of no host';
COMMENT ON COLUMN system_metrics.source IS 'The program that told it';
COMMENT ON COLUMN system_metrics.unit IS 'Unit of the value, as UCUM writes it';
COMMENT ON COLUMN system_metrics.ts IS 'When it was measured';
COMMENT ON COLUMN system_metrics.value IS 'The value in its unit';
COMMENT ON COLUMN system_metrics.tags IS 'Text by name, free';
COMMENT ON COLUMN system_metrics.written_at IS 'When the row was last written, by the clock of the database';

-- The background jobs of TimescaleDB (compression, retention, aggregates) that are not well. Each row is an alarm: data
-- grow or charts stand still, while nothing else shows it. TimescaleDB 2.28.3 on PostgreSQL 15.20 was seen to fail all
-- of them and to work otherwise. No rows where TimescaleDB is not.
CREATE FUNCTION tidewatch_ailing_jobs(patience interval DEFAULT INTERVAL '1 hour')
RETURNS TABLE (job_id int, job text, hypertable text, failures bigint, last_success timestamptz, problem text)
LANGUAGE plpgsql STABLE AS $ailing$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'timescaledb') THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE $query$
    SELECT told.*
    FROM (SELECT j.job_id::int, j.application_name::text, j.hypertable_name::text,
                 coalesce(s.total_failures, 0)::bigint,
                 nullif(s.last_successful_finish, '-infinity'),
                 CASE
                   WHEN NOT j.scheduled THEN 'is not scheduled'
                   WHEN s.last_run_status = 'Failed' THEN 'failed the last time'
                   WHEN coalesce(s.total_runs, 0) = 0 AND coalesce(s.next_start, now()) < now() - $1
                     THEN 'should have run and did not'
                   WHEN coalesce(s.total_runs, 0) > 0
                     AND s.last_successful_finish < now() - 2 * j.schedule_interval - $1
                     THEN 'has not succeeded for long'
                 END AS problem
          FROM timescaledb_information.jobs j
          LEFT JOIN timescaledb_information.job_stats s ON s.job_id = j.job_id
          WHERE j.job_id >= 1000) told -- those below are of TimescaleDB itself
    WHERE told.problem IS NOT NULL
    ORDER BY 1
  $query$ USING patience;
END $ailing$;

COMMENT ON FUNCTION tidewatch_ailing_jobs IS 'Background jobs of TimescaleDB that failed, do not run, or have not succeeded for two of their intervals and the time given; none on plain PostgreSQL';

DO $timescale$
DECLARE
  metrics text;
BEGIN
  -- The second condition: the Apache-licensed build has neither compression nor policies.
  IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'timescaledb')
     AND current_setting('timescaledb.license', true) = 'timescale' THEN
    -- Chunks are what one query of the present should find in memory. To change: set_chunk_time_interval.
    PERFORM create_hypertable('performance_metrics', by_range('ts', INTERVAL '1 hour'),
                              if_not_exists => true, create_default_indexes => false);
    PERFORM create_hypertable('business_metrics', by_range('ts', INTERVAL '1 hour'),
                              if_not_exists => true, create_default_indexes => false);
    PERFORM create_hypertable('system_metrics', by_range('ts', INTERVAL '5 minutes'),
                              if_not_exists => true, create_default_indexes => false);
    FOREACH metrics IN ARRAY ARRAY['performance_metrics', 'business_metrics', 'system_metrics'] LOOP
      EXECUTE format($q$ALTER TABLE %I SET (timescaledb.compress, timescaledb.compress_segmentby = 'name,host',
                                            timescaledb.compress_orderby = 'ts DESC')$q$, metrics);
      PERFORM add_compression_policy(metrics::regclass, INTERVAL '2 days', if_not_exists => true);
      PERFORM add_retention_policy(metrics::regclass, INTERVAL '90 days', if_not_exists => true);
      EXECUTE format($q$CREATE MATERIALIZED VIEW %I WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
        SELECT name, host, time_bucket(INTERVAL '1 minute', ts) AS minute_start, count(*) AS count,
               min(value) AS min, max(value) AS max, avg(value) AS mean
        FROM %I GROUP BY 1, 2, 3 WITH NO DATA$q$, metrics || '_1m', metrics);
      -- Three days: longer than a row may be late and still be stored cheaply (compression after two).
      PERFORM add_continuous_aggregate_policy((metrics || '_1m')::regclass, start_offset => INTERVAL '3 days',
        end_offset => INTERVAL '1 minute', schedule_interval => INTERVAL '1 minute', if_not_exists => true);
    END LOOP;
  ELSE
    FOREACH metrics IN ARRAY ARRAY['performance_metrics', 'business_metrics', 'system_metrics'] LOOP
      EXECUTE format($q$CREATE VIEW %I AS
        SELECT name, host, date_bin(INTERVAL '1 minute', ts, TIMESTAMPTZ '2000-01-03 00:00:00+00') AS minute_start,
               count(*) AS count, min(value) AS min, max(value) AS max, avg(value) AS mean
        FROM %I GROUP BY 1, 2, 3$q$, metrics || '_1m', metrics);
    END LOOP;
  END IF;
END $timescale$;
