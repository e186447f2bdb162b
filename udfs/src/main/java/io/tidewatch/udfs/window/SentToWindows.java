package io.tidewatch.udfs.window;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How windows read what they are sent.
 *
 * @param <S> what is sent
 * @param <K> key of a series
 * @param <I> input record
 * @param <A> accumulator of a pane
 */
interface SentToWindows<S, K, I, A> extends Serializable {

  /** The record; null for a partial. */
  @Nullable I record(S sent);

  /** The partial, when it is not a record. */
  WindowInput<K, I, A> partial(S sent);

  /** One phase. */
  record Records<K, I, A>() implements SentToWindows<I, K, I, A> {
    @Override
    public I record(I sent) {
      return sent;
    }

    @Override
    public WindowInput<K, I, A> partial(I sent) {
      throw new IllegalStateException("in one phase there are records only");
    }
  }

  /** Two phases: what the first let pass, and what it added up. */
  record RecordsAndPartials<K, I, A>() implements SentToWindows<WindowInput<K, I, A>, K, I, A> {
    @Override
    public @Nullable I record(WindowInput<K, I, A> sent) {
      return sent.record();
    }

    @Override
    public WindowInput<K, I, A> partial(WindowInput<K, I, A> sent) {
      return sent;
    }
  }
}
