-- Alert rules and incidents. Both are few and are looked up by id, so they are plain tables, also on TimescaleDB,
-- where every unique key of a hypertable would have to hold its time. Rows are written by upsert on the primary key;
-- what people write into notes is never written by a job.

CREATE TABLE alert_rules (
  job            text        NOT NULL,
  rule           text        NOT NULL,
  state          text        NOT NULL CHECK (state IN ('accepted', 'refused', 'never_matched', 'removed')),
  version        text,
  reason         text,
  matched_series bigint      NOT NULL CHECK (matched_series >= 0),
  definition     text,
  notes          text,
  written_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job, rule)
);

COMMENT ON TABLE alert_rules IS 'What each job makes of each alert rule';
COMMENT ON COLUMN alert_rules.job IS 'Name of the job';
COMMENT ON COLUMN alert_rules.rule IS 'Name of the rule';
COMMENT ON COLUMN alert_rules.state IS 'accepted; refused: what was told last cannot be used, the version before it stays; never_matched; removed';
COMMENT ON COLUMN alert_rules.version IS 'Version in use, the hash of the rule; null where none is';
COMMENT ON COLUMN alert_rules.reason IS 'Why it was refused or cannot match; null where nothing is wrong';
COMMENT ON COLUMN alert_rules.matched_series IS 'Series the rule was held against since the job was started or the rule changed, about; exact while there are few';
COMMENT ON COLUMN alert_rules.definition IS 'The document in use: a rule file of one rule; null where none is';
COMMENT ON COLUMN alert_rules.notes IS 'Of people; no job writes here';
COMMENT ON COLUMN alert_rules.written_at IS 'When the row was last written, by the clock of the database';

CREATE TABLE alert_incidents (
  alert_id      text             NOT NULL,
  fingerprint   text             NOT NULL,
  rule          text             NOT NULL,
  rule_version  text             NOT NULL,
  status        text             NOT NULL CHECK (status IN ('active', 'resolved', 'suppressed')),
  severity      text,
  labels        jsonb            NOT NULL,
  expr          text             NOT NULL,
  trigger_value double precision,
  threshold     double precision,
  reason        text             NOT NULL,
  suppressed_by text,
  started_at    timestamptz      NOT NULL,
  triggered_at  timestamptz      NOT NULL,
  resolved_at   timestamptz,
  model_version text,
  attribution   jsonb            NOT NULL,
  trace_ids     jsonb            NOT NULL,
  notes         text,
  written_at    timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (alert_id)
);

-- What people look for: what is open, what was lately, what this rule and this series did.
CREATE INDEX alert_incidents_open_idx ON alert_incidents (triggered_at DESC) WHERE status <> 'resolved';
CREATE INDEX alert_incidents_triggered_idx ON alert_incidents (triggered_at DESC);
CREATE INDEX alert_incidents_rule_idx ON alert_incidents (rule, triggered_at DESC);
CREATE INDEX alert_incidents_fingerprint_idx ON alert_incidents (fingerprint, triggered_at DESC);

COMMENT ON TABLE alert_incidents IS 'Episodes of alerts, one row each';
COMMENT ON COLUMN alert_incidents.alert_id IS 'The episode: hash of rule, labels and start';
COMMENT ON COLUMN alert_incidents.fingerprint IS 'Rule and series; the same for all episodes';
COMMENT ON COLUMN alert_incidents.rule IS 'Name of the rule';
COMMENT ON COLUMN alert_incidents.rule_version IS 'Version of the rule, the hash of its text';
COMMENT ON COLUMN alert_incidents.status IS 'active; suppressed: it fires and people are not told; resolved: over, for good';
COMMENT ON COLUMN alert_incidents.severity IS 'The label of that name; null without one';
COMMENT ON COLUMN alert_incidents.labels IS 'Of the rule and of the series';
COMMENT ON COLUMN alert_incidents.expr IS 'The condition as written';
COMMENT ON COLUMN alert_incidents.trigger_value IS 'The value that made it fire, in the unit of the expression; null when silence did';
COMMENT ON COLUMN alert_incidents.threshold IS 'The limit it was held against; null where there is none';
COMMENT ON COLUMN alert_incidents.reason IS 'Of the last transition, one sentence';
COMMENT ON COLUMN alert_incidents.suppressed_by IS 'Why people were not told; null where nothing kept them from it';
COMMENT ON COLUMN alert_incidents.started_at IS 'Event time at which the condition became true';
COMMENT ON COLUMN alert_incidents.triggered_at IS 'Event time at which it had held for the duration of the rule';
COMMENT ON COLUMN alert_incidents.resolved_at IS 'Event time at which it was over; null while it is not';
COMMENT ON COLUMN alert_incidents.model_version IS 'Version of the model that gave the value; null where no model did';
COMMENT ON COLUMN alert_incidents.attribution IS 'Of a score: the features that made it what it is, with their shares';
COMMENT ON COLUMN alert_incidents.trace_ids IS 'Of slow requests behind the value, the slowest first';
COMMENT ON COLUMN alert_incidents.notes IS 'Notes and acknowledgements of people; no job writes here';
COMMENT ON COLUMN alert_incidents.written_at IS 'When the row was last written, by the clock of the database';
