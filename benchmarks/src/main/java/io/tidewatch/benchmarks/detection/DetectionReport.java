package io.tidewatch.benchmarks.detection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.detection.NabResults.OfProfile;
import io.tidewatch.benchmarks.detection.NabResults.OfVariant;
import io.tidewatch.benchmarks.detection.RankedRows.Alarms;
import io.tidewatch.benchmarks.detection.nab.CrossValidation.Spread;
import io.tidewatch.benchmarks.detection.nab.Profile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results as a document and a line of JSON. */
record DetectionReport(
    DetectionResults results, List<DetectorVariant> variants, DetectionPlan plan) {
  /** Markdown. */
  String text(Machine machine, String command) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                # Detection: how well anomalies are found

                Written by `%s`; do not edit. %s

                **%s**

                The scores depend on the data and the code alone; only the times are those of this machine.%s
                """,
                command,
                machine.date(),
                machine.description(),
                plan.small() ? " A quick run: a part of the data only." : ""));
    results
        .ofNab()
        .ifPresentOrElse(nab -> text.append(new NabSection(nab).text()), () -> none(text, "NAB"));
    results
        .ofAsd()
        .ifPresentOrElse(asd -> text.append(RowsSection.asd(asd)), () -> none(text, "ASD"));
    results.ofNormal().ifPresent(normal -> text.append(NormalSection.of(normal)));
    results
        .ofAdbench()
        .ifPresentOrElse(
            sets -> text.append(RowsSection.adbench(sets, results.engines(), plan.seeds())),
            () -> none(text, "ADBench"));
    text.append("\n## Variants\n\n");
    variants.forEach(each -> text.append("- %s: %s\n".formatted(each.name(), each.what())));
    return text.toString();
  }

  private static void none(StringBuilder text, String data) {
    text.append("\n## %s\n\nNot scored: the data were not there.\n".formatted(data));
  }

  /** One line; what was not scored is absent. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "detection");
    results.ofNab().ifPresent(nab -> put(root.putObject("nab"), nab));
    results.ofAsd().ifPresent(servers -> putServers(root.putArray("asd"), servers));
    results.ofAdbench().ifPresent(sets -> putSets(root.putArray("adbench"), sets));
    results
        .ofNormal()
        .ifPresent(
            normal -> {
              putNormal(root.putArray("normal"), normal.shares());
              putServers(root.putArray("ranked"), normal.ranked());
            });
    return mapper.writeValueAsString(root);
  }

  private static void put(ObjectNode node, NabResults nab) {
    node.put("series", nab.series().size())
        .put("rows", nab.rows())
        .put("windows", nab.windows())
        .put("absent", nab.absent().size());
    ArrayNode variants = node.putArray("variants");
    for (OfVariant each : nab.variants()) {
      OfProfile standard = each.of(Profile.STANDARD);
      ObjectNode variant =
          variants
              .addObject()
              .put("variant", each.variant().name())
              .put("threshold", each.variant().threshold())
              .put("windowsFound", standard.fixed().found())
              .put("falseRows", standard.fixed().falsePositives())
              .put("falseShare", standard.fixed().falseShare())
              .put("microsPerRow", each.microsPerRow());
      for (OfProfile profile : each.profiles()) {
        ObjectNode scores =
            variant
                .putObject(profile.profile().key())
                .put("best", finite(profile.bestScore()))
                .put("bestThreshold", profile.threshold())
                .put("fixed", finite(profile.fixedScore()));
        put(scores.putObject("halves"), profile.halves());
        put(scores.putObject("groups"), profile.groups());
      }
    }
  }

  private static void put(ObjectNode node, Spread spread) {
    node.put("mean", finite(spread.mean()))
        .put("min", finite(spread.min()))
        .put("max", finite(spread.max()));
  }

  private static void putServers(ArrayNode nodes, List<AsdResult> results) {
    for (AsdResult result : results) {
      ObjectNode node =
          nodes
              .addObject()
              .put("server", result.server())
              .put("method", result.method())
              .put("auc", result.area());
      put(node.putObject("best"), result.best());
      put(node.putObject("fixed"), result.fixed());
    }
  }

  private static void putNormal(ArrayNode nodes, List<NormalShare> shares) {
    for (NormalShare share : shares) {
      nodes
          .addObject()
          .put("data", share.data())
          .put("margin", share.margin())
          .put("normal", share.normal())
          .put("flagged", share.flagged())
          .put("falseShare", share.falseShare())
          .put("alerts", share.alerts())
          .put("alertShare", share.alertShare())
          .put("anomalous", share.anomalous())
          .put("found", share.found());
    }
  }

  private static void put(ObjectNode node, Alarms alarms) {
    node.put("threshold", alarms.threshold())
        .put("f1", alarms.f1())
        .put("far", alarms.falseAlarmRate())
        .put("mar", alarms.missedAlarmRate());
  }

  private void putSets(ArrayNode nodes, List<AdbenchResult> sets) {
    for (AdbenchResult set : sets) {
      ObjectNode node = nodes.addObject().put("set", set.set().name());
      for (int engine = 0; engine < results.engines().size(); engine++) {
        node.put(results.engines().get(engine), set.areas().get(engine));
      }
      Double known = PublicFigures.SCIKIT_LEARN.get(set.set().name());
      if (known != null) {
        node.put("scikit-learn", known);
      }
    }
  }

  /** JSON has no NaN. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
