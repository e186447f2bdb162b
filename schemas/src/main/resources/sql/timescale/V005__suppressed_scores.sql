-- Why a score beyond its threshold is no anomaly. Without a CHECK and a default: a hypertable with compression takes
-- new columns only so, and rows of before had nothing of the kind.

ALTER TABLE anomaly_scores ADD COLUMN suppressed text;

COMMENT ON COLUMN anomaly_scores.suppressed IS 'Why a score beyond the threshold is no anomaly: cooldown (its episode was told), deviation (too near to what was expected), direction (the way nobody asked about); null where nothing was suppressed';
COMMENT ON COLUMN anomaly_scores.is_anomaly IS 'Whether people should know of it: the score is beyond the threshold, and nothing suppresses it';
COMMENT ON COLUMN anomaly_scores.severity IS 'Of a score beyond the threshold: critical above the 99th percentile of 24 hours, warning above the 95th, else info; of single metrics also below the 1st and the 5th';
COMMENT ON COLUMN anomaly_scores.attribution IS 'Of a score beyond the threshold: the features, of single metrics the views, that made it so by name, with their shares, in sum 1';

-- The id of an episode has the version of its rule in it.
COMMENT ON COLUMN alert_incidents.alert_id IS 'The episode: hash of rule, its version, labels and start';
