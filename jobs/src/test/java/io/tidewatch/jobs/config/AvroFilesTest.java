package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.latency.LatencyFiles;
import io.tidewatch.jobs.telemetry.TelemetryFiles;
import io.tidewatch.schemas.codec.ApiLatencyAvroDecoder;
import io.tidewatch.schemas.codec.ApiLatencyAvroEncoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryAvroDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job file says of Avro. */
class AvroFilesTest {
  private ConfigFolder folder;

  @BeforeEach
  void folder(@TempDir Path path) {
    folder = new ConfigFolder(path);
    folder.file("latency.avsc", ApiLatencyAvroEncoder.schema());
    folder.file("telemetry.avsc", TelemetryAvroEncoder.schema());
  }

  @Test
  void jsonIsReadUnlessAvroIsAskedFor() {
    assertThat(latency("").decoder()).isInstanceOf(ApiLatencyCodec.class);
    assertThat(latency("input: {format: AVRO, avro: {schemas: {7: latency.avsc}}}").decoder())
        .isInstanceOf(ApiLatencyAvroDecoder.class);
    assertThat(
            latency("input: {format: avro, avro: {schema_registry: 'http://127.0.0.1:1'}}")
                .decoder())
        .isInstanceOf(ApiLatencyAvroDecoder.class);
    folder.set("TIDEWATCH_SCHEMA_REGISTRY", "https://registry.example/path");
    assertThat(latency("input: {format: avro}").decoder())
        .isInstanceOf(ApiLatencyAvroDecoder.class);
    String telemetry =
        "input: {format: avro, avro: {schemas: {7: telemetry.avsc}}}\nmodels: %s\nalerting: {rules: %s}"
            .formatted(
                ConfigFolder.shipped("models"), ConfigFolder.shipped("rules/telemetry.yaml"));
    assertThat(
            TelemetryFiles.load(folder.loader(), folder.file("telemetry.yaml", telemetry))
                .decoder())
        .isInstanceOf(TelemetryAvroDecoder.class);
  }

  @Test
  void filesAreNotReadForJson() {
    assertThat(latency("input: {avro: {schemas: {7: missing.avsc}}}").decoder())
        .isInstanceOf(ApiLatencyCodec.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format: xml | format: must be one of json, avro, was 'xml'",
        "format: avro | avro: must have schema_registry or schemas with format avro, had neither",
        "avro: {url: x} | avro.url: unknown key; known here: schema_registry, schemas",
        "avro: {schema_registry: 'ftp://x'} | avro.schema_registry: must be http://host:port or https://host:port, without user and query, was another",
        "avro: {schema_registry: 'http://u:canary-7f3a@x'} | avro.schema_registry: must be http://host:port or https://host:port, without user and query, was another",
        "avro: {schema_registry: 'http://x?a=b'} | avro.schema_registry: must be http://host:port or https://host:port, without user and query, was another",
        "avro: {schema_registry: 'no url'} | avro.schema_registry: must be http://host:port or https://host:port, without user and query, was another",
        "avro: {schemas: {x: a.avsc}} | avro.schemas: must have ids from 0 to 2147483647, was 'x'",
        "avro: {schemas: {2147483648: a}} | avro.schemas: must have ids from 0 to 2147483647, was '2147483648'",
        "avro: {schemas: [a]} | avro.schemas: must be a mapping, was a list",
        "avro: {schemas: {1: }} | avro.schemas.1: must be given, was missing"
      })
  void saysWhichKeyIsWrong(String yaml, String error) {
    assertThat(folder.latencyError("input: {" + yaml + "}")).isEqualTo(": input." + error);
  }

  @Test
  void saysWhichSchemaCannotBeUsed() {
    assertThat(error("{format: avro, avro: {schemas: {7: missing.avsc}}}"))
        .startsWith(": input.avro.schemas.7: must be a readable file, was 'missing.avsc' (");
    assertThat(error("{format: avro, avro: {schemas: {7: telemetry.avsc}}}"))
        .isEqualTo(
            ": input.avro.schemas.7: telemetry.avsc: schema of the message: must have the field"
                + " service, had none");
    folder.file("broken.avsc", "{");
    assertThat(error("{format: avro, avro: {schemas: {7: latency.avsc, 8: broken.avsc}}}"))
        .startsWith(
            ": input.avro.schemas.8: broken.avsc: schema of the message: must be an Avro schema");
  }

  private String error(String input) {
    return folder.error("latency.yaml", () -> latency("input: " + input));
  }

  private LatencyFiles latency(String yaml) {
    String rules = "\nalerting: {rules: " + ConfigFolder.shipped("rules/latency.yaml") + "}";
    return LatencyFiles.load(folder.loader(), folder.file("latency.yaml", yaml + rules));
  }
}
