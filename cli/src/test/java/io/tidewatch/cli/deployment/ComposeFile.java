package io.tidewatch.cli.deployment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Compose file and what is wrong with it: against the schema, and against the house rules. */
record ComposeFile(ObjectNode tree) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final String LOOPBACK = "127.0.0.1:";

  static ComposeFile read(Path file) throws IOException {
    return new ComposeFile((ObjectNode) YAML.readTree(file.toFile()));
  }

  ComposeFile copy() {
    return new ComposeFile(tree.deepCopy());
  }

  ObjectNode service(String name) {
    return (ObjectNode) Objects.requireNonNull(tree.get("services").get(name), name);
  }

  List<String> violationsOfTheSchema() throws IOException {
    try (InputStream in = ComposeFile.class.getResourceAsStream("/compose-file.schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
      return schema.validate(tree).stream().map(ValidationMessage::getMessage).sorted().toList();
    }
  }

  /**
   * @param root folder of the repository, from which bind mounts are resolved
   */
  List<String> violationsOfTheHouse(Path root) {
    List<String> violations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : tree.get("services").properties()) {
      String name = entry.getKey();
      JsonNode service = entry.getValue();
      String image = service.path("image").asText();
      if (!image.matches("[^:]+:v?[0-9]+\\.[0-9]+\\.[0-9]+[A-Za-z0-9._-]*")) {
        violations.add(name + ": image must bear a full version, was " + image);
      }
      for (JsonNode port : service.path("ports")) {
        if (!port.asText().startsWith(LOOPBACK) || port.asText().split(":", -1).length != 3) {
          violations.add(name + ": port must start with " + LOOPBACK + ", was " + port.asText());
        }
      }
      boolean longRunning = !service.path("restart").asText().equals("no");
      if (longRunning && !service.has("healthcheck")) {
        violations.add(name + ": must have a healthcheck");
      }
      for (JsonNode volume : service.path("volumes")) {
        checkVolume(root, name, volume.asText(), violations);
      }
      for (Map.Entry<String, JsonNode> dependency : service.path("depends_on").properties()) {
        if (!tree.get("services").has(dependency.getKey())) {
          violations.add(name + ": depends on the unknown service " + dependency.getKey());
        }
      }
    }
    return violations;
  }

  private void checkVolume(Path root, String name, String volume, List<String> violations) {
    String source = volume.substring(0, volume.indexOf(':'));
    if (!source.startsWith(".")) {
      if (!tree.get("volumes").has(source)) {
        violations.add(name + ": volume " + source + " is not declared");
      }
      return;
    }
    // The jars are there after a build only.
    if (!source.equals("./jobs/target")
        && !source.equals("./cli/target")
        && !Files.exists(root.resolve(source))) {
      violations.add(name + ": " + source + " is not in the repository");
    }
    if (!volume.endsWith(":ro")) {
      violations.add(name + ": " + source + " must be mounted read-only");
    }
  }
}
