package io.tidewatch.cli.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.ChannelSettings;
import io.tidewatch.notifier.config.NotifierConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of the notifier, read as the command reads it. */
class NotifierConfigFileTest {
  private static final Path CONF = Path.of(System.getProperty("tidewatch.root"), "flink-conf");
  private static final Path SHIPPED = CONF.resolve("notifier.yaml");

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private NotifierConfig load(Path file) {
    return NotifierConfigFile.load(new YamlLoader(environment::get), file);
  }

  private NotifierConfig load(String text) throws IOException {
    return load(Files.writeString(folder.resolve("notifier.yaml"), text));
  }

  @Test
  void aShippedChannelIsOnWhenItsTargetIsInTheEnvironment() {
    environment.put("TIDEWATCH_SMTP_HOST", "mail.example.com");
    environment.put("TIDEWATCH_SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/canary");
    environment.put("TIDEWATCH_WEBHOOK_URL", "https://hook.example.com/");
    environment.put("TIDEWATCH_SMS_URL", "https://sms.example.com/");
    environment.put("TIDEWATCH_SMS_TO", "+491701234567");
    environment.put("TIDEWATCH_ALERTMANAGER_URL", "http://alertmanager:9093");
    NotifierConfig config = load(SHIPPED);

    assertThat(config.channels())
        .extracting(ChannelConfig::name)
        .containsExactly("mail", "slack", "webhook", "sms", "alertmanager");
    assertThat(config.channelsOf("everybody")).hasSize(5);
    assertThat(config.channels().get(0).settings())
        .isInstanceOfSatisfying(
            ChannelSettings.Email.class,
            email ->
                assertThat(email.security()).isEqualTo(ChannelSettings.Email.Security.STARTTLS));
    assertThat(config.toString()).doesNotContain("canary");
  }

  @Test
  void aNotifierThatWouldTellNobodyIsRefused() {
    assertThatThrownBy(() -> load(SHIPPED))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            SHIPPED
                + ": channels: must have one with a target (host, url or webhook_url), had none");
  }

  @Test
  void theDemoHasItsFile() {
    environment.put("TIDEWATCH_DEMO_SMTP_PORT", "2525");
    environment.put("TIDEWATCH_DEMO_WEBHOOK_PORT", "8080");
    assertThat(load(CONF.resolve("demo/notifier.yaml")).channels()).hasSize(2);
  }

  @Test
  void aSecretMayComeFromAFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "https://h/canary\n");
    NotifierConfig config =
        load(
            "channels: [{name: slack, slack: {webhook_url: '${file:"
                + secret
                + "}'}}]\n"
                + RECEIVER);
    assertThat(config.channels().get(0).settings())
        .isInstanceOfSatisfying(
            ChannelSettings.Slack.class,
            slack -> assertThat(slack.webhookUrl().reveal()).isEqualTo("https://h/canary"));
  }

  private static final String RECEIVER = "receivers: [{name: everybody, channels: [slack]}]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "channels: [{name: slack, slack: {webhook_url: 'https://h/canary'}}] | channels[0].slack.webhook_url: must be taken from the environment or a file, as ${NAME} or ${file:/path} and no more",
        "channels: [{name: w, webhook: {url: u, headers: {Authorization: canary}}}] | channels[0].webhook.headers.Authorization: must be taken from the environment or a file, as ${NAME} or ${file:/path} and no more",
        "channels: [{name: m, emial: {}}] | channels[0].emial: unknown key; known here: alertmanager, delivery, email, name, slack, sms, webhook",
        "channels: [{name: m, email: {host: h}}] | channels[0].email.port: must be given, was missing",
        "route: {group_wait: soon} | route.group_wait: must be a duration such as PT30S or 30s, at most PT876000H, was 'soon'",
        "input: {start: never} | input.start: must be one of earliest, latest, was 'never'",
        "targets: {allowed_hosts: x} | targets.allowed_hosts: must be a list, was one value",
        "receivers: [{name: everybody, channels: [fax]}] | receivers.everybody: must name channels there are, named 'fax'"
      })
  void saysWhatIsWrongInOneLineWithoutShowingSecrets(String text, String message) {
    environment.put("TIDEWATCH_SMTP_HOST", "mail.example.com");
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("notifier.yaml: " + message)
        .hasMessageNotContaining("canary");
  }
}
