package io.tidewatch.jobs.submit;

import io.tidewatch.jobs.config.JobTopics;
import io.tidewatch.jobs.config.KafkaConfig;

/**
 * What a job needs of Kafka.
 *
 * @param kafka how to reach it
 * @param topics that must be there
 */
public record KafkaNeeds(KafkaConfig kafka, JobTopics topics) {}
