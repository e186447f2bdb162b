package io.tidewatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicReachTest {
  /** The hashes stand in the tests of Kafka's clients, in their UtilsTest. */
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971"
  })
  void aKeyIsLookedForWhereKafkasClientsPutIt(String key, int hash) {
    TopicReach reach = new TopicReach(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L));

    assertThat(reach.oldestMs(key)).isEqualTo((hash & Integer.MAX_VALUE) % 7);
  }
}
