package io.tidewatch.benchmarks.pipeline;

/**
 * What the process of one run is told.
 *
 * @param bootstrapServers of the Kafka that holds the messages
 * @param topic which holds them
 * @param jdbcUrl of an empty database
 * @param user of the database
 * @param warmUpRecords read before the measurement begins
 * @param records all messages of the topic; the measurement ends with the last
 * @param patienceSeconds after so long the run is given up
 * @param folder where the process may write
 */
public record PipelineOrder(
    PipelineSpec spec,
    String bootstrapServers,
    String topic,
    String jdbcUrl,
    String user,
    long warmUpRecords,
    long records,
    int patienceSeconds,
    String folder) {}
