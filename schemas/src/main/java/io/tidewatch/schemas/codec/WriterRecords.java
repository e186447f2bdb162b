package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writers' schemas a decoder has met, resolved once each. Keeps the last {@value #MOST} of
 * them, so that no sender can fill it. Not for several threads.
 */
final class WriterRecords implements Serializable {
  private static final long serialVersionUID = 1;

  /** Versions of a contract are a handful; beyond this each change of schema resolves it anew. */
  static final int MOST = 100;

  private static final int NO_ID = -1;

  private final WriterSchemas schemas;

  /** Which fields are wanted; serialisable, unlike what is made of them. */
  private final Wanted wanted;

  private transient @Nullable Map<Integer, Resolved> resolved;
  private transient int lastId = NO_ID;
  private transient @Nullable WriterRecord last;

  WriterRecords(WriterSchemas schemas, Wanted wanted) {
    this.schemas = schemas;
    this.wanted = wanted;
  }

  /** Our schema of a message. */
  @FunctionalInterface
  interface Wanted extends Serializable {
    List<ReaderField> fields();
  }

  /** A record, or why there is none. */
  private record Resolved(@Nullable WriterRecord writer, @Nullable Refusal refusal) {}

  /**
   * How messages of that schema are read.
   *
   * @throws Refusal when nobody knows it, or when it cannot be read
   */
  WriterRecord of(int id) throws Refusal {
    WriterRecord same = last;
    if (same != null && id == lastId) {
      return same;
    }
    if (resolved == null) {
      resolved = new Recent();
    }
    Resolved known = resolved.get(id);
    if (known == null) {
      // An unknown id is not kept: the next message may come after its schema was registered.
      known = resolve(id);
      resolved.put(id, known);
    }
    if (known.refusal != null) {
      throw known.refusal;
    }
    last = known.writer;
    lastId = id;
    return Objects.requireNonNull(known.writer);
  }

  private Resolved resolve(int id) throws Refusal {
    String text = id < 0 ? null : schemas.find(id);
    if (text == null) {
      throw new Refusal(
          RejectReason.UNKNOWN_SCHEMA, "schema of the message: must be a known id, was " + id);
    }
    try {
      return new Resolved(WriterRecord.of(text, wanted.fields()), null);
    } catch (Refusal refusal) {
      return new Resolved(null, refusal);
    }
  }

  /** Forgets the one that was asked for the longest time ago. */
  private static final class Recent extends LinkedHashMap<Integer, Resolved> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Resolved> eldest) {
      return size() > MOST;
    }
  }
}
