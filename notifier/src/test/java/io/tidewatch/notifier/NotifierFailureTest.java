package io.tidewatch.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class NotifierFailureTest {
  @Test
  void kafkaThatDoesNotAnswerIsWorthAnotherTry() {
    assertThat(isForWantOfKafka(new TimeoutException("after 60000 ms"))).isTrue();
    assertThat(
            isForWantOfKafka(
                new IllegalStateException("topic: not written", new DisconnectException())))
        .isTrue();
  }

  @Test
  void whatAnotherTryWouldMeetAgainIsNot() {
    assertThat(isForWantOfKafka(new ProducerFencedException("another one runs"))).isFalse();
    assertThat(isForWantOfKafka(new AuthorizationException("no"))).isFalse();
    assertThat(isForWantOfKafka(new OutOfMemoryError())).isFalse();
  }

  private static boolean isForWantOfKafka(Throwable cause) {
    return Notifier.isForWantOfKafka(new IllegalStateException("the notifier cannot go on", cause));
  }
}
