package io.tidewatch.udfs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.UnkeyedRun;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitRejectedFunctionHarnessTest {
  private static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  @Test
  void sendsRecordsOnInOrderAndRefusalsAside() throws Exception {
    try (UnkeyedRun<Inbound<String>, String> run = start()) {
      Rejected refusal = refusal(RejectReason.EMPTY);
      run.add(Inbound.of("a"), 5);
      run.add(Inbound.of(refusal), 6);
      run.add(Inbound.of("b"), 4);

      assertThat(run.results()).containsExactly("a", "b");
      assertThat(run.resultTimesMs()).containsExactly(5L, 4L);
      assertThat(run.side(REJECTED))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(refusal);
    }
  }

  @ParameterizedTest
  @EnumSource(RejectReason.class)
  void countsRefusalsByReason(RejectReason reason) throws Exception {
    try (UnkeyedRun<Inbound<String>, String> run = start()) {
      run.add(Inbound.of("a"), 0);
      run.add(Inbound.of(refusal(reason)), 0);
      run.add(Inbound.of(refusal(reason)), 0);

      assertThat(run.counter("tidewatch.records_in_total")).isEqualTo(3);
      for (RejectReason counted : RejectReason.values()) {
        assertThat(run.counter("tidewatch.reason.rejected_total{" + counted.code() + "}"))
            .isEqualTo(counted == reason ? 2 : 0);
      }
    }
  }

  @Test
  void whatComesInGoesOutOnOneOfTheTwoWays() throws Exception {
    try (UnkeyedRun<Inbound<String>, String> run = start()) {
      RejectReason[] reasons = RejectReason.values();
      for (int i = 0; i < 100; i++) {
        run.add(
            i % 3 == 0 ? Inbound.of(refusal(reasons[i % reasons.length])) : Inbound.of("r" + i), i);
      }
      assertThat(run.counter("tidewatch.records_in_total"))
          .isEqualTo(run.results().size() + run.side(REJECTED).size())
          .isEqualTo(100);
    }
  }

  private static UnkeyedRun<Inbound<String>, String> start() throws Exception {
    return new UnkeyedRun<>(new SplitRejectedOperator<>(REJECTED));
  }

  private static Rejected refusal(RejectReason reason) {
    return new Rejected("t", 1, 2, 3, null, new byte[] {1}, reason, "detail");
  }
}
