package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.udfs.decode.Inbound;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A source of stored telemetry. What it is configured with was checked as far as that goes where
 * the job is submitted: a missing file, column or topic is an error before there is a job.
 */
sealed interface StoredTelemetry permits StoredFiles, StoredQuery, StoredSuperTable, StoredTopic {

  /** The readings and refusals, in any order. */
  DataStream<Inbound<KnownTelemetry>> read(StreamExecutionEnvironment env);

  /** What is read, so that the same can be read again. */
  List<DatasetSource> pieces();
}
