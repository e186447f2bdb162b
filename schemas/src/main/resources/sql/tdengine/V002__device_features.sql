-- Features of one model in TDengine 3: a super table, and in it a table a device and length of windows.
-- To be run once a model, with ${database}, ${model} and ${features} filled in; ${features} is a column
-- `<field>_<feature>` DOUBLE, for each feature of the model, in its order; missing is NULL. Names of columns have at
-- most 64 characters in TDengine, and a table at most 4096 columns.
-- A table is named by a hash, never by the id itself, which is its tag.
-- A row is written over the one of its table and time, also over one of a higher revision: the one told later stays.
-- When a model is given more features, somebody adds their columns (ALTER STABLE … ADD COLUMN).

CREATE DATABASE IF NOT EXISTS `${database}` PRECISION 'ms' KEEP 36500;

-- window_end: end of the window, exclusive. window_start: inclusive. window_ms: its length in milliseconds.
-- records: of the device in the window. revision: records that came after the window was told first.
CREATE STABLE IF NOT EXISTS `${database}`.`device_features_${model}` (
  `window_end` TIMESTAMP,
  `window_start` TIMESTAMP,
  `window_ms` BIGINT,
  `records` BIGINT,
  ${features}
  `revision` INT
) TAGS (
  `device_id` NCHAR(256)
);
