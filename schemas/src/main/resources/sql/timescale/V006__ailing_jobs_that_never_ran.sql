-- Which background jobs of TimescaleDB are not well, once more, as run against TimescaleDB 2.28.3: a job that runs for
-- the first time has no success yet and is well; one that failed each time is not, and neither is any where no
-- scheduler runs, which leaves no other trace.
CREATE OR REPLACE FUNCTION tidewatch_ailing_jobs(patience interval DEFAULT INTERVAL '1 hour')
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
                   WHEN s.total_runs > 1 AND s.total_successes = 0 THEN 'has never succeeded'
                   WHEN coalesce(s.total_runs, 0) = 0 AND NOT scheduler.runs THEN 'has never run, no scheduler runs'
                   WHEN coalesce(s.total_runs, 0) = 0 AND coalesce(s.next_start, now()) < now() - $1
                     THEN 'should have run and did not'
                   WHEN coalesce(s.total_runs, 0) > 0
                     AND coalesce(nullif(s.last_successful_finish, '-infinity'), s.last_run_started_at)
                         < now() - 2 * j.schedule_interval - $1
                     THEN 'has not succeeded for long'
                 END AS problem
          FROM timescaledb_information.jobs j
          LEFT JOIN timescaledb_information.job_stats s ON s.job_id = j.job_id
          CROSS JOIN (SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
                                     WHERE datname = current_database()
                                       AND application_name = 'TimescaleDB Background Worker Scheduler') AS runs) scheduler
          WHERE j.job_id >= 1000) told -- those below are of TimescaleDB itself
    WHERE told.problem IS NOT NULL
    ORDER BY 1
  $query$ USING patience;
END $ailing$;

COMMENT ON FUNCTION tidewatch_ailing_jobs IS 'Background jobs of TimescaleDB that failed, never succeeded, do not run, or have not succeeded for two of their intervals and the time given; none on plain PostgreSQL';
