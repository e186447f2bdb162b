package io.tidewatch.notifier.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file, read as the command reads it, but from JSON; {@code '} stands for {@code "}. */
class NotifierFileTest {
  private static final String CANARY = "canary-7f3a";
  private static final String KAFKA = "{'bootstrap_servers':'k:9092','properties':{'a':'1'}}";
  private static final String INPUT = "{'topic':'alerts','group_id':'g','start':'latest'}";
  private static final String STATE =
      "{'notifications_topic':'n','undelivered_topic':'u','keep_sent':'PT24H','forget_resolved':'PT24H'}";
  private static final String DELIVERY =
      "{'queue':100,'max_alerts':50,'burst':10,'every':'PT1S','retry_first':'PT1S',"
          + "'retry_at_most':'PT5M','give_up_after':'PT4H','send_resolved':true}";
  private static final String CHANNELS =
      "[{'name':'web','webhook':{'url':'https://h/canary-7f3a','headers':{}}},"
          + "{'name':'chat','slack':{'webhook_url':''}}]";
  private static final String RECEIVERS = "[{'name':'all','channels':['web','chat']}]";
  private static final String ROUTE =
      "{'receiver':'all','group_by':['alertname'],'group_wait':'PT10S',"
          + "'group_interval':'PT5M','repeat_interval':'PT4H'}";

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      Duration.class,
                      new StdScalarDeserializer<Duration>(Duration.class) {
                        private static final long serialVersionUID = 1;

                        @Override
                        public Duration deserialize(
                            JsonParser parser, DeserializationContext context) throws IOException {
                          return Duration.parse(parser.getText());
                        }
                      }))
          .build();

  private NotifierConfig config(String key, String value) throws IOException {
    Map<String, String> parts =
        new HashMap<>(
            Map.of(
                "kafka", KAFKA,
                "input", INPUT,
                "state", STATE,
                "http", "{'host':'127.0.0.1','port':0}",
                "targets",
                    "{'allowed_hosts':['h'],'allowed_addresses':[],'connect_timeout':'PT1S',"
                        + "'request_timeout':'PT1S'}",
                "delivery", DELIVERY,
                "channels", CHANNELS,
                "receivers", RECEIVERS,
                "route", ROUTE));
    parts.put(key, value);
    StringBuilder json = new StringBuilder("{");
    parts.forEach(
        (name, part) ->
            json.append(json.length() == 1 ? "" : ",")
                .append("'")
                .append(name)
                .append("':")
                .append(part));
    return mapper
        .readValue(json.append("}").toString().replace('\'', '"'), NotifierFile.class)
        .toConfig();
  }

  @Test
  void aChannelWithoutATargetIsOff() throws Exception {
    NotifierConfig config = config("route", ROUTE);
    assertThat(config.channels()).extracting(ChannelConfig::name).containsExactly("web");
    assertThat(config.channelsOf("all")).containsExactly("web");
    assertThat(config.channelsOf("nobody")).isEmpty();
    assertThat(config.kafka().client(Map.of("a", "2")))
        .containsEntry("a", "2")
        .containsEntry("bootstrap.servers", "k:9092");
  }

  @Test
  void nothingPrintsASecret() throws Exception {
    NotifierConfig config =
        config("kafka", "{'bootstrap_servers':'k:9092','properties':{'p':'" + CANARY + "'}}");
    assertThat(config.toString()).contains("***").doesNotContain(CANARY);
  }

  @Test
  void aChannelMayDeliverInItsOwnWay() throws Exception {
    NotifierConfig config =
        config(
            "channels",
            "[{'name':'web','webhook':{'url':'https://h/','headers':{}},"
                + "'delivery':{'queue':7,'send_resolved':false}},"
                + "{'name':'chat','slack':{'webhook_url':'https://h/'}}]");
    DeliverySettings own = config.channels().get(0).delivery();
    DeliverySettings shared = config.channels().get(1).delivery();
    assertThat(own.queue()).isEqualTo(7);
    assertThat(own.sendResolved()).isFalse();
    assertThat(own.maxAlerts()).isEqualTo(50);
    assertThat(own.giveUpAfter()).isEqualTo(Duration.ofHours(4));
    assertThat(shared.queue()).isEqualTo(100);
    assertThat(shared.sendResolved()).isTrue();
  }

  @Test
  void aRouteHasWhatItLeavesOutFromTheOneAbove() throws Exception {
    NotifierConfig config =
        config(
            "route",
            ROUTE.replace("}", "")
                + ",'routes':[{'matchers':['severity=\\\"critical\\\"'],'group_wait':'PT0S',"
                + "'continue':true},{'matchers':['team=\\\"db\\\"'],'group_by':['team']}]}");
    assertThat(config.route().all()).hasSize(3);
    assertThat(config.route().of(Map.of("severity", "critical", "team", "db")))
        .satisfiesExactly(
            critical -> {
              assertThat(critical.id()).isEqualTo("all{}/all{severity=\"critical\"}");
              assertThat(critical.timing().groupWait()).isZero();
              assertThat(critical.timing().groupInterval()).isEqualTo(Duration.ofMinutes(5));
            },
            db -> assertThat(db.groupBy()).isEqualTo(List.of("team")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "channels | [{'name':'web','slack':{'webhook_url':''}},{'name':'chat','slack':{'webhook_url':''}}] | channels: must have one with a target (host, url or webhook_url), had none",
        "channels | [{'name':'web'}] | channels.web: must have one of email, slack, webhook, sms, alertmanager, had 0",
        "channels | [{'name':'web','slack':{'webhook_url':''}},{'name':'web','slack':{'webhook_url':''}}] | channels: must have each name once, had 'web' again",
        "channels | [{'name':'web','slack':{'webhook_url':''},'delivery':{'queue':0}}] | channels.web.delivery.queue: must be ≥ 1, was 0",
        "receivers | [{'name':'all','channels':['pigeon']}] | receivers.all: must name channels there are, named 'pigeon'",
        "receivers | [{'name':'all','channels':[]},{'name':'all','channels':[]}] | receivers: must have each name once, had 'all' again",
        "route | {} | route.receiver: must be given, was missing",
        "route | {'receiver':'x'} | route.receiver: must be one of receivers [all], was 'x'",
        "route | {'receiver':'all'} | route.group_wait: must be given, was missing",
        "route | {'receiver':'all','group_wait':'PT1S','group_interval':'PT5M','repeat_interval':'PT1M','group_by':[]} | route.repeat_interval: must be ≥ group_interval (PT5M), was PT1M",
        "route | {'receiver':'all','matchers':['a']} | route: must match every alert, had matchers or continue; put them into route.routes",
        "route | {'receiver':'all','group_wait':'PT1S','group_interval':'PT5M','repeat_interval':'PT5M','group_by':[],'routes':[{'matchers':['a']}]} | route.routes[0].matchers: must be label=\"value\", or with !=, =~ or !~, was 'a'",
        "route | {'receiver':'all','group_wait':'PT1S','group_interval':'PT5M','repeat_interval':'PT5M','group_by':[],'routes':[{},{}]} | route.routes[1]: must differ from the routes before it in receiver or matchers",
      })
  void saysWhatIsWrongInOneLine(String key, String value, String message) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kafka | {'bootstrap_servers':' ','properties':{}} | bootstrap_servers: must be",
        "input | {'topic':'a b','group_id':'g','start':'latest'} | topic: must be letters",
        "input | {'topic':'a','group_id':'','start':'latest'} | group_id: must be given",
        "state | {'notifications_topic':'n','undelivered_topic':'u','keep_sent':'PT-1S','forget_resolved':'PT1H'} | keep_sent: must be ≥ PT0S, was PT-1S",
        "state | {'notifications_topic':'n','undelivered_topic':'u','keep_sent':'PT1S','forget_resolved':'PT1M'} | forget_resolved: must be ≥ PT15M, was PT1M",
        "http | {'host':'','port':1} | host: must be given",
        "http | {'host':'h','port':70000} | port: must be 0 to 65535, was 70000",
        "targets | {'allowed_hosts':[],'allowed_addresses':[],'connect_timeout':'PT0S','request_timeout':'PT1S'} | connect_timeout: must be ≥ PT0.001S, was PT0S",
        "delivery | {'queue':1,'max_alerts':101,'burst':1,'every':'PT1S','retry_first':'PT1S','retry_at_most':'PT1S','give_up_after':'PT1S','send_resolved':true} | max_alerts: must be ≤ 100, was 101",
        "delivery | {'queue':1,'max_alerts':1,'burst':1,'every':'PT1S','retry_first':'PT2S','retry_at_most':'PT1S','give_up_after':'PT1S','send_resolved':true} | retry_at_most: must be ≥ retry_first (PT2S), was PT1S",
        "delivery | {'queue':1,'max_alerts':1,'burst':1,'every':'PT1S','retry_first':'PT1S','retry_at_most':'PT1S','give_up_after':'PT-1S','send_resolved':true} | give_up_after: must be ≥ PT0S, was PT-1S",
        "channels | [{'name':'My Channel'}] | name: must be lower-case letters",
        "channels | [{'name':'m','email':{'host':'h','port':0,'security':'tls','user':'','password':'','from':'a@b','to':['c@d']}}] | port: must be 1 to 65535, was 0",
        "channels | [{'name':'m','email':{'host':'h','port':25,'security':'tls','user':'','password':'','from':'a@b','to':[]}}] | to: must have an address, was empty",
        "channels | [{'name':'w','webhook':{'url':'u','headers':{'A b':'c'}}}] | headers: must have names of letters",
        "channels | [{'name':'w','webhook':{'url':'u','headers':{'A':'canary-7f3a\\r\\nB: c'}}}] | headers.A: must be printable ASCII, was not",
        "channels | [{'name':'s','sms':{'url':'u','headers':{},'content_type':'text/plain','body':'{{text}}','to':'123'}}] | content_type: must be application/json or",
        "channels | [{'name':'s','sms':{'url':'u','headers':{},'content_type':'application/json','body':'x','to':'123'}}] | body: must have {{text}} in it, had not",
        "channels | [{'name':'s','sms':{'url':'u','headers':{},'content_type':'application/json','body':'{{text}}','to':'me'}}] | to: must be a number such as +491701234567, was 'me'",
        "channels | [{'name':'a','alertmanager':{'url':'u','headers':{},'interval':'PT2M'}}] | interval: must be ≤ PT1M, was PT2M",
      })
  void aPartChecksItself(String key, String value, String message) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(ValueInstantiationException.class)
        .cause()
        .hasMessageStartingWith(message)
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void everyKindOfChannelIsOnWithATarget() throws Exception {
    NotifierConfig config =
        config(
            "channels",
            "[{'name':'web','email':{'host':'h','port':587,'security':'starttls','user':'u',"
                + "'password':'p','from':'a@b','to':['c@d']}},"
                + "{'name':'chat','sms':{'url':'https://h/','headers':{'X-A':'b'},"
                + "'content_type':'application/json','body':'{{text}}','to':'+49 170 1'}},"
                + "{'name':'am','alertmanager':{'url':'http://h:9093','headers':{},"
                + "'interval':'PT30S'}}]");
    assertThat(config.channels()).hasSize(3);
  }
}
