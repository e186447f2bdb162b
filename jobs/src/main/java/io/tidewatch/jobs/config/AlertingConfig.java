package io.tidewatch.jobs.config;

/**
 * What is held against the windows, and where transitions go.
 *
 * @param rules rule file, relative to the file this stands in
 * @param topic Kafka topic of the alert events
 */
public record AlertingConfig(String rules, String topic) {}
