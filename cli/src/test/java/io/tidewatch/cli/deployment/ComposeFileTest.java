package io.tidewatch.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComposeFileTest {
  private static final Path ROOT = Path.of(System.getProperty("tidewatch.root"));

  private ComposeFile compose;

  @BeforeEach
  void readTheComposeFile() throws Exception {
    compose = ComposeFile.read(ROOT.resolve("docker-compose.yml"));
  }

  @Test
  void theComposeFileFollowsTheSpecification() throws Exception {
    assertThat(compose.violationsOfTheSchema()).isEmpty();
  }

  @Test
  void theComposeFileKeepsTheRulesOfTheHouse() {
    assertThat(compose.violationsOfTheHouse(ROOT)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatTheSpecificationDoesNotKnow() throws Exception {
    assertSchemaRefuses(file -> file.tree().put("verison", "3"), "verison");
    assertSchemaRefuses(file -> file.service("kafka").put("imgae", "x"), "imgae");
    assertSchemaRefuses(file -> file.service("kafka").remove("image"), "image");
    assertSchemaRefuses(file -> file.service("kafka").put("restart", "sometimes"), "restart");
    assertSchemaRefuses(file -> file.service("kafka").put("ports", "9092:9092"), "ports");
    assertSchemaRefuses(file -> ports(file, "kafka").add("9092:kafka"), "ports");
    assertSchemaRefuses(
        file -> healthcheck(file, "grafana").put("interval", "10 seconds"), "interval");
    assertSchemaRefuses(file -> healthcheck(file, "grafana").put("retires", 3), "retires");
    assertSchemaRefuses(file -> healthcheck(file, "grafana").putArray("test").add("true"), "test");
    assertSchemaRefuses(
        file ->
            ((ObjectNode) file.service("grafana").get("depends_on").get("prometheus"))
                .put("condition", "healthy"),
        "condition");
  }

  @Test
  void theRulesOfTheHouseRefuseWhatTheyAreFor() {
    assertHouseRefuses(
        file -> file.service("grafana").put("image", "grafana/grafana:latest"),
        "grafana: image must bear a full version, was grafana/grafana:latest");
    assertHouseRefuses(
        file -> file.service("grafana").put("image", "grafana/grafana"),
        "grafana: image must bear a full version, was grafana/grafana");
    assertHouseRefuses(
        file -> ports(file, "kafka").add("9093:9093"),
        "kafka: port must start with 127.0.0.1:, was 9093:9093");
    assertHouseRefuses(
        file -> ports(file, "kafka").add("0.0.0.0:9093:9093"),
        "kafka: port must start with 127.0.0.1:, was 0.0.0.0:9093:9093");
    assertHouseRefuses(
        file -> file.service("tdengine").remove("healthcheck"),
        "tdengine: must have a healthcheck");
    assertHouseRefuses(
        file -> volumes(file, "prometheus").add("./flink-conf/nowhere.yml:/x:ro"),
        "prometheus: ./flink-conf/nowhere.yml is not in the repository");
    assertHouseRefuses(
        file -> volumes(file, "prometheus").add("./flink-conf:/x"),
        "prometheus: ./flink-conf must be mounted read-only");
    assertHouseRefuses(
        file -> volumes(file, "prometheus").add("nowhere:/x"),
        "prometheus: volume nowhere is not declared");
  }

  @Test
  void thePipelineHasItsTopicsWithTheTimeOfTheBroker() {
    String script = compose.service("topics").get("command").get(0).asText();

    assertThat(script)
        .contains("for input in telemetry api-latency;")
        .contains("\"tidewatch.$$input.v1\" 4", "\"tidewatch.$$input.v1.dlq\" 1")
        .contains("\"tidewatch.$$input.v1.late\" 1", "create tidewatch.alerts.v1 1")
        .contains("create tidewatch.features.v1 4", "create tidewatch.refused.v1 1")
        .contains("create tidewatch.latency-windows.v1 4", "create tidewatch.scores.v1 4")
        .contains("create tidewatch.models.v1 1 1048588 --config cleanup.policy=compact")
        .contains("for refused in features latency-windows models;")
        .contains("message.timestamp.type=LogAppendTime");
    assertThat(compose.service("jobmanager").get("depends_on").get("topics").get("condition"))
        .hasToString("\"service_completed_successfully\"");
  }

  @Test
  void dashboardsReadOnlyDataSourcesThatAreProvisioned() throws Exception {
    Path grafana = ROOT.resolve("flink-conf/grafana");
    JsonNode sources =
        new YAMLMapper()
            .readTree(grafana.resolve("provisioning/datasources/tidewatch.yaml").toFile())
            .get("datasources");
    JsonNode panels =
        new ObjectMapper()
            .readTree(grafana.resolve("dashboards/tidewatch.json").toFile())
            .get("panels");

    assertThat(panels).hasSizeGreaterThanOrEqualTo(6);
    assertThat(panels)
        .allSatisfy(
            panel -> {
              assertThat(sources.findValuesAsText("uid"))
                  .contains(panel.get("datasource").get("uid").asText());
              assertThat(panel.get("targets")).isNotEmpty();
            });
  }

  private void assertSchemaRefuses(Consumer<ComposeFile> mutation, String named) throws Exception {
    ComposeFile mutant = compose.copy();
    mutation.accept(mutant);
    assertThat(mutant.violationsOfTheSchema())
        .as(named)
        .isNotEmpty()
        .allMatch(violation -> violation.contains(named));
  }

  private void assertHouseRefuses(Consumer<ComposeFile> mutation, String violation) {
    ComposeFile mutant = compose.copy();
    mutation.accept(mutant);
    assertThat(mutant.violationsOfTheHouse(ROOT)).containsExactly(violation);
  }

  private static ArrayNode ports(ComposeFile file, String service) {
    return (ArrayNode) file.service(service).get("ports");
  }

  private static ArrayNode volumes(ComposeFile file, String service) {
    return (ArrayNode) file.service(service).get("volumes");
  }

  private static ObjectNode healthcheck(ComposeFile file, String service) {
    return (ObjectNode) file.service(service).get("healthcheck");
  }
}
