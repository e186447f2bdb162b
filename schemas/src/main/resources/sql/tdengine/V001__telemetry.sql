-- Telemetry of one model in TDengine 3: a super table of the name of the model, and in it a table a device.
-- To be run once a model, with ${database}, ${model} and ${fields} filled in; ${fields} is a column
-- `<field>` DOUBLE, for each field of the model, in its unit; missing is NULL.
-- A table of a device is named by a hash of the device's id, never by the id itself, which is its tag.
-- A reading is written over the one of its device and time, if there is one.

-- KEEP is in days: older readings are refused. The default of TDengine is ten years.
CREATE DATABASE IF NOT EXISTS `${database}` PRECISION 'ms' KEEP 36500;

-- ts: time of the event. label: its class, where it has one. known_at: when the pipeline came to know the
-- reading, the broker's time; what data sets as of a time go by. device_id: unique within the model.
CREATE STABLE IF NOT EXISTS `${database}`.`${model}` (
  `ts` TIMESTAMP,
  ${fields}
  `label` NCHAR(256),
  `known_at` TIMESTAMP
) TAGS (
  `device_id` NCHAR(256)
);
