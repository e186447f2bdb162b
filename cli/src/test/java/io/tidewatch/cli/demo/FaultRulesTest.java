package io.tidewatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.cli.input.ApiTraffic;
import io.tidewatch.cli.input.Fault;
import io.tidewatch.cli.input.WeldingFleet;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.YamlLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the demo breaks, a shipped rule notices. */
class FaultRulesTest {
  private static final Path FLINK_CONF =
      Path.of(System.getProperty("tidewatch.root")).resolve("flink-conf");
  private static final YamlLoader LOADER = YamlLoader.ofProcess();

  @Test
  void eachFaultOfTheFleetHasARuleThatFiresWhileItLasts() {
    var series = new FeatureSeries(ModelFiles.load(LOADER, FLINK_CONF.resolve("models")));

    assertNoticed(
        WeldingFleet.defaultSchedule(8).faults(),
        RuleFiles.load(FLINK_CONF.resolve("rules/telemetry.yaml"), series).rules());
  }

  @Test
  void eachFaultOfTheTrafficHasARuleThatFiresWhileItLasts() {
    assertNoticed(
        ApiTraffic.defaultSchedule().faults(),
        RuleFiles.load(FLINK_CONF.resolve("demo/latency-rules.yaml"), new LatencySeries()).rules());
  }

  private static void assertNoticed(List<Fault> faults, List<AlertRule> rules) {
    var byName = rules.stream().collect(Collectors.toMap(AlertRule::name, rule -> rule));
    assertThat(faults).isNotEmpty();
    for (Fault fault : faults) {
      assertThat(byName).containsKey(fault.rule());
      assertThat(byName.get(fault.rule()).holdFor()).isLessThan(fault.length());
    }
  }
}
