package io.tidewatch.jobs;

import static org.apache.flink.types.PojoTestUtils.assertSerializedAsPojoWithoutKryo;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.alert.ScoreKey;
import io.tidewatch.analytics.alert.life.AlertState;
import io.tidewatch.analytics.decide.Episode;
import io.tidewatch.analytics.endpoint.AdmittedEndpoint;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.model.ActiveModel;
import io.tidewatch.analytics.model.LifeCycle;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.series.AdmittedKey;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesPoint;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertSnapshot;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.schemas.derived.ModelStatus;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.derived.ScoreContext;
import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.MessageHeader;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.alert.RuleReport;
import io.tidewatch.udfs.alert.StoredRule;
import io.tidewatch.udfs.clean.ModelFields;
import io.tidewatch.udfs.decode.Inbound;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What travels between operators or is stored is Flink-native; Kryo would not survive an upgrade.
 */
class SerializedTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        DeviceTelemetry.class,
        ApiLatency.class,
        FeatureVector.class,
        LatencyWindow.class,
        AlertEvent.class,
        AlertState.class,
        AlertSnapshot.class,
        StoredRule.class,
        RuleReport.class,
        RuleUpdate.class,
        RuleStatus.class,
        ScoreKey.class,
        Rejected.class,
        DeviceKey.class,
        EndpointKey.class,
        AdmittedEndpoint.class,
        ModelFields.class,
        ScaledVector.class,
        KnownTelemetry.class,
        LabelledVector.class,
        ScalerUpdate.class,
        AnomalyScore.class,
        ModelUpdate.class,
        ModelDocument.class,
        LifeCycle.class,
        ActiveModel.class,
        Episode.class,
        ReservoirRow.class,
        SeriesKey.class,
        SeriesRow.class,
        SeriesPoint.class,
        AdmittedKey.class
      })
  void travelsWithoutKryo(Class<?> type) {
    assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void inboundRecordsSurviveTheRoundTrip() throws Exception {
    DeviceTelemetry record =
        new DeviceTelemetry("m", "d", 5, new double[] {1, Double.NaN}, Map.of("a", "b"), null);
    assertThat(roundTrip(Inbound.typeInfo(DeviceTelemetry.class), Inbound.of(record)))
        .isEqualTo(Inbound.of(record));
    Rejected rejected =
        new Rejected(
            "t",
            1,
            2,
            3,
            List.of(new MessageHeader("a", new byte[] {3}), new MessageHeader("a", null)),
            null,
            new byte[] {1, 2},
            RejectReason.EMPTY,
            "detail");
    Rejected back =
        roundTrip(Inbound.typeInfo(DeviceTelemetry.class), Inbound.of(rejected)).rejected();
    assertThat(back).usingRecursiveComparison().isEqualTo(rejected);
  }

  @Test
  void alertEventsSurviveTheRoundTripWithWhatIsAbsent() throws Exception {
    AlertEvent event =
        new AlertEvent(
            "id",
            "event",
            "print",
            "rule",
            "version",
            AlertStatus.RESOLVED,
            true,
            null,
            Map.of("a", "b"),
            Map.of(),
            "x > 1",
            null,
            null,
            "no data for 5m",
            1,
            2,
            3L,
            null,
            null,
            Map.of("c", 0.5),
            List.of("t"));
    assertThat(roundTrip(TypeInformation.of(AlertEvent.class), event)).isEqualTo(event);
  }

  @Test
  void latencyWindowsSurviveTheRoundTripWithTheirSketchAndTraces() throws Exception {
    LatencyWindow window =
        new LatencyWindow("s", "/e", "GET", 0, 60_000, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).revised(11);
    LatencyWindow sketched = window.sketched(new byte[] {1, 2, -3}).traced(List.of("t1", "t2"));
    assertThat(roundTrip(TypeInformation.of(LatencyWindow.class), window)).isEqualTo(window);
    assertThat(roundTrip(TypeInformation.of(LatencyWindow.class), sketched))
        .isEqualTo(sketched)
        .hasSameHashCodeAs(sketched)
        .hasToString(sketched.toString())
        .isNotEqualTo(window)
        .isNotEqualTo(sketched.revised(12));
  }

  @Test
  void scaledVectorsSurviveTheRoundTripWithWhatIsAbsent() throws Exception {
    FeatureVector vector = new FeatureVector("m", "d", 0, 1_000, 3, new double[] {1, Double.NaN});
    ScaledVector scaled = new ScaledVector(vector, new double[] {0.5, Double.NaN}, "v1");
    TypeInformation<ScaledVector> type = TypeInformation.of(ScaledVector.class);
    assertThat(roundTrip(type, scaled)).isEqualTo(scaled);
    assertThat(roundTrip(type, ScaledVector.raw(vector))).isEqualTo(ScaledVector.raw(vector));
  }

  @Test
  void rowsOfDataSetsSurviveTheRoundTripWithWhatIsAbsent() throws Exception {
    FeatureVector vector = new FeatureVector("m", "d", 0, 1_000, 3, new double[] {1, Double.NaN});
    TypeInformation<LabelledVector> type = TypeInformation.of(LabelledVector.class);
    for (String label : new String[] {"1", null}) {
      LabelledVector row = new LabelledVector(vector, 5, label);
      assertThat(roundTrip(type, row)).isEqualTo(row);
    }
  }

  @Test
  void scalerUpdatesSurviveTheRoundTripWithWhatIsAbsent() throws Exception {
    TypeInformation<ScalerUpdate> type = TypeInformation.of(ScalerUpdate.class);
    assertThat(roundTrip(type, new ScalerUpdate("m", new byte[] {1, 2})))
        .usingRecursiveComparison()
        .isEqualTo(new ScalerUpdate("m", new byte[] {1, 2}));
    assertThat(roundTrip(type, new ScalerUpdate("m", null))).isEqualTo(new ScalerUpdate("m", null));
  }

  @Test
  void anomalyScoresSurviveTheRoundTripWithWhatIsAbsent() throws Exception {
    AnomalyScore score =
        new AnomalyScore(
            "m",
            "d",
            AnomalyScore.ROW,
            0,
            1_000,
            Double.NaN,
            Double.NaN,
            false,
            null,
            Severity.INFO,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Map.of("a", 1.0),
            new ModelStatus(ModelState.WARMING_UP, null, 1, 2),
            true,
            ScoreContext.NONE,
            0);
    assertThat(roundTrip(TypeInformation.of(AnomalyScore.class), score)).isEqualTo(score);
  }

  @Test
  void modelUpdatesSurviveTheRoundTripWithTheirOrigin() throws Exception {
    TypeInformation<ModelUpdate> type = TypeInformation.of(ModelUpdate.class);
    for (ModelUpdate.Origin origin :
        new ModelUpdate.Origin[] {new ModelUpdate.Origin("t", 1, 2, 3), null}) {
      ModelUpdate update = new ModelUpdate("m", "v", true, false, new byte[] {1}, origin);
      assertThat(roundTrip(type, update)).usingRecursiveComparison().isEqualTo(update);
    }
  }

  private static <T> T roundTrip(TypeInformation<T> type, T value) throws Exception {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeSerializer<T> serializer = type.createSerializer(config);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
