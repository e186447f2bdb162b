package io.tidewatch.jobs.sink;

import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.config.PostgresConfig;
import io.tidewatch.jobs.config.SinkConfig;

/**
 * Where rows go, and what they need on the way.
 *
 * @param postgres PostgreSQL or TimescaleDB
 * @param sink how they are written
 * @param kafka takes what the database refuses
 */
public record RowTarget(PostgresConfig postgres, SinkConfig sink, KafkaConfig kafka) {}
