package io.tidewatch.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.scale.Scaler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetStatisticsEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DatasetStatisticsEncoder ENCODER = new DatasetStatisticsEncoder();

  @Test
  void writesAllThatADataSetSaysOfItself() {
    assertThat(text(DatasetSamples.byTime()))
        .isEqualTo(
            """
            {"format":1,"model":"host","code_version":"0.1.0",\
            "created_at":"2026-11-09T10:11:12.345Z","as_of":null,\
            "from":"2026-11-01T00:00:00Z","to":"2026-11-07T00:00:00Z","devices":["web-1"],\
            "sources":[{"kind":"file","path":"data/host.csv","format":"csv","bytes":123456789012}],\
            "window":{"by":"time","size":"PT1M","slide":"PT30S"},"time_zone":"Europe/Berlin",\
            "out_of_range":"clip","fields":[{"name":"cpu_percent","unit":"%","min":0.0,"max":null,\
            "missing":"forward_fill",\
            "outliers":{"method":"z_score","threshold":3.0,"action":"mark"}}],\
            "feature_list":["mean","std"],"label":{"source":"label","of_window":"any"},\
            "split":{"by":"time","val_split":0.25,"boundary":"2026-11-01T00:02:00Z",\
            "embargo":"PT1M"},\
            "rows":{"records":180,"rejected":1,"train":2,"validation":1,"embargo":1},\
            "classes":{"train":{"counts":{"0":1,"1":1},"unlabelled":0},\
            "validation":{"counts":{"0":1},"unlabelled":0}},\
            "scaler":"""
                + Samples.SCALER_JSON
                + """
                ,"features":[{"name":"cpu_percent_mean",\
                "all":{"count":3,"missing":0,"missing_ratio":0.0,"min":1.0,"max":4.0,"mean":2.5,\
                "std":1.25,"quantiles":{"0.5":2.5}},\
                "train":{"count":2,"missing":0,"missing_ratio":0.0,"min":1.0,"max":4.0,"mean":2.5,\
                "std":1.5,"quantiles":{"0.5":2.5}},\
                "validation":{"count":1,"missing":0,"missing_ratio":0.0,"min":2.5,"max":2.5,\
                "mean":2.5,"std":0.0,"quantiles":{"0.5":2.5}}},\
                {"name":"cpu_percent_std",\
                "all":{"count":1,"missing":2,"missing_ratio":0.6666666666666666,"min":0.5,\
                "max":0.5,"mean":0.5,"std":0.0,"quantiles":{"0.5":0.5}},\
                "train":{"count":1,"missing":1,"missing_ratio":0.5,"min":0.5,"max":0.5,"mean":0.5,\
                "std":0.0,"quantiles":{"0.5":0.5}},\
                "validation":{"count":0,"missing":1,"missing_ratio":1.0,"min":null,"max":null,\
                "mean":null,"std":null,"quantiles":{"0.5":null}}}],\
                "correlation":{"pairs":[[3,1],[1,1]],\
                "coefficients":[[1.0,null],[null,null]]}}""");
  }

  @Test
  void writesTheOtherWaysOfReadingCuttingAndSplitting() {
    assertThat(text(DatasetSamples.atRandom()))
        .contains(
            "\"as_of\":\"2026-11-08T00:00:00.250Z\"",
            "\"devices\":[\"web-1\",\"web-2\"]",
            "{\"kind\":\"kafka\",\"topic\":\"tidewatch.telemetry.v1\",\"partition\":3,"
                + "\"from_offset\":17,\"to_offset\":4711}",
            "{\"kind\":\"query\",\"url\":\"jdbc:postgresql://database:5432/plant\","
                + "\"query\":\"SELECT * FROM \\\"readings\\\"\"}",
            "\"window\":{\"by\":\"points\",\"size\":60,\"slide\":30,\"forget_after\":\"PT24H\"}",
            "\"label\":null",
            "\"split\":{\"by\":\"random\",\"val_split\":0.25,"
                + "\"random_state\":-9223372036854775808,\"group\":\"device\"}",
            "\"train\":{\"counts\":{},\"unlabelled\":2}",
            "\"scaler\":null");
  }

  @Test
  void writesTheScalerAsItsOwnDocument() throws IOException {
    byte[] scaler =
        JSON.writeValueAsBytes(JSON.readTree(text(DatasetSamples.byTime())).get("scaler"));
    Scaler read = Samples.ok(new ScalerCodec().decode(scaler));
    assertThat(read).isEqualTo(Samples.minMax());
  }

  @Test
  void hasItsSamplesAsExamplesOfThePublishedSchema() throws IOException {
    JsonNode examples = schemaNode().get("examples");
    assertThat(examples).hasSize(2);
    assertThat(examples.get(0)).isEqualTo(JSON.readTree(text(DatasetSamples.byTime())));
    assertThat(examples.get(1)).isEqualTo(JSON.readTree(text(DatasetSamples.atRandom())));
  }

  @Test
  void writesWhatThePublishedSchemaSays() throws IOException {
    for (DatasetStatistics statistics :
        List.of(DatasetSamples.byTime(), DatasetSamples.atRandom())) {
      assertThat(violations(text(statistics))).isEmpty();
    }
  }

  @Test
  void publishesAValidSchemaThatDescribesEveryFieldItWrites() throws IOException {
    JsonNode schema = schemaNode();
    assertThat(schema.get("$id").textValue())
        .isEqualTo("https://tidewatch.io/schemas/dataset-stats.v1.schema.json");
    JsonSchema metaschema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(schema.get("$schema").textValue()));
    assertThat(metaschema.validate(schema)).isEmpty();
    schema
        .get("properties")
        .properties()
        .forEach(p -> assertThat(p.getValue().path("description").asText()).isNotBlank());
    Set<String> written = names(JSON.readTree(text(DatasetSamples.byTime())));
    assertThat(names(schema.get("properties"))).isEqualTo(written);
    List<String> required = new ArrayList<>();
    schema.get("required").forEach(name -> required.add(name.textValue()));
    assertThat(required).containsExactlyInAnyOrderElementsOf(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"format\":1`|`\"format\":2`",
        "`\"as_of\":null,`|``",
        "`\"as_of\":null`|`\"as_of\":\"yesterday\"`",
        "`\"created_at\":\"2026-11-09T10:11:12.345Z\"`|`\"created_at\":null`",
        "`\"devices\":[\"web-1\"]`|`\"devices\":[]`",
        "`\"kind\":\"file\"`|`\"kind\":\"kafka\"`",
        "`\"by\":\"time\",\"size\":\"PT1M\"`|`\"by\":\"time\",\"size\":60`",
        "`\"slide\":\"PT30S\"`|`\"slide\":\"30 s\"`",
        "`\"forward_fill\"`|`\"FORWARD_FILL\"`",
        "`\"threshold\":3.0`|`\"threshold\":-3.0`",
        "`\"val_split\":0.25`|`\"val_split\":1.0`",
        "`\"boundary\":\"2026-11-01T00:02:00Z\"`|`\"boundary\":1793491320000`",
        "`,\"embargo\":\"PT1M\"`|``",
        "`\"validation\":1,\"embargo\":1`|`\"validation\":1`",
        "`{\"0\":1,\"1\":1}`|`{\"0\":0,\"1\":1}`",
        "`\"version\":\"7\",`|``",
        "`\"std\":1.25,\"quantiles\"`|`\"std\":-1.25,\"quantiles\"`",
        "`\"std\":1.25,\"quantiles\":{\"0.5\"`|`\"std\":1.25,\"quantiles\":{\"p50\"`",
        "`\"missing_ratio\":1.0`|`\"missing_ratio\":1.5`",
        "`[3,1]`|`[3,-1]`",
        "`[1.0,null]`|`[1.0,1.01]`"
      })
  void publishesASchemaThatRefusesOtherDocuments(String good, String bad) throws IOException {
    String document = text(DatasetSamples.byTime());
    String changed = document.replace(good, bad == null ? "" : bad);
    assertThat(changed).isNotEqualTo(document);
    assertThat(violations(changed)).as(changed).isNotEmpty();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      names.add(field.getKey());
    }
    return names;
  }

  private static String text(DatasetStatistics statistics) {
    return new String(ENCODER.encode(statistics), UTF_8);
  }

  /** The schema names that of scalers by its published address; both are resources. */
  private static Set<?> violations(String document) throws IOException {
    return JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory ->
                factory.schemaMappers(
                    mappers ->
                        mappers.mapPrefix("https://tidewatch.io/schemas/", "classpath:json/")))
        .getSchema(SchemaLocation.of("https://tidewatch.io/schemas/dataset-stats.v1.schema.json"))
        .validate(JSON.readTree(document));
  }

  private static JsonNode schemaNode() throws IOException {
    try (var in =
        DatasetStatisticsEncoderTest.class.getResourceAsStream(
            "/json/dataset-stats.v1.schema.json")) {
      return JSON.readTree(in);
    }
  }
}
