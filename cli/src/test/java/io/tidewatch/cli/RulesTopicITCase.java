package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules told and listed by the command. */
@ExtendWith(SharedStack.class)
class RulesTopicITCase {
  private static final String RULES = "cli.rules";
  private static final String STATUS = "cli.rule-status";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void rulesAreToldTakenAwayAndListed(EmbeddedStack stack) throws IOException {
    stack.kafka().createTopic(RULES, 1, Map.of("cleanup.policy", "compact"));
    stack.kafka().createTopic(STATUS, 1, Map.of("cleanup.policy", "compact"));
    TopicClient topics = new TopicClient(stack.kafka().bootstrapServers());
    String config =
        Files.writeString(
                folder.resolve("telemetry.yaml"),
                """
                kafka: {bootstrap_servers: "%s"}
                alerting: {rules_topic: %s, status_topic: %s}
                """
                    .formatted(stack.kafka().bootstrapServers(), RULES, STATUS))
            .toString();
    String good = file("good.yaml", "p99_ms > 100");
    String bad = file("bad.yaml", "p99_ms >");

    assertThat(run("push", good, "--config", config)).isZero();
    assertThat(out.toString()).contains("Slow: told");
    assertThat(run("push", bad, "--config", config)).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("Slow");
    assertThat(run("push", "--config", config)).isEqualTo(2);
    List<ConsumerRecord<byte[], byte[]>> told = topics.readAll(RULES);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).key()).asString(UTF_8).isEqualTo("Slow");

    tell(topics, new RuleStatus("a-job", "Slow", RuleState.ACCEPTED, "v1", null, 7, "x"));
    tell(topics, new RuleStatus("b-job", "Slow", RuleState.NEVER_MATCHED, null, "why", 0, null));
    tell(topics, new RuleStatus("b-job", "Lost", RuleState.NEVER_MATCHED, "v2", "no", 0, "x"));
    assertThat(run("push", "--remove", "Other", "--config", config)).isZero();
    assertThat(topics.readAll(RULES)).last().matches(message -> message.value() == null);
    out.getBuffer().setLength(0);
    assertThat(run("list", "--config", config)).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll("\\s+", " ").strip()))
        .contains(
            "Slow v1 topic a-job accepted 7",
            "Slow topic b-job never_matched 0 why",
            "Lost v2 file b-job never_matched 0 no",
            "Other topic removed no job has said anything of it",
            "Lost: no job holds it against anything")
        .doesNotContain("Slow: no job holds it against anything");
  }

  private String file(String name, String expr) throws IOException {
    return Files.writeString(
            folder.resolve(name),
            "groups: [{name: a, rules: [{alert: Slow, expr: '%s'}]}]\n".formatted(expr))
        .toString();
  }

  private static void tell(TopicClient topics, RuleStatus status) {
    topics.writeAll(
        List.of(
            new ProducerRecord<>(
                STATUS,
                RuleStatusCodec.key(status).getBytes(UTF_8),
                new RuleStatusCodec().encode(status))));
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "rules";
    System.arraycopy(args, 0, all, 1, args.length);
    return Tidewatch.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
