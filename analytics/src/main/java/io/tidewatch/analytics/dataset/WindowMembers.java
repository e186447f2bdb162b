package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row says beside its features: label, and since when it is known. The records that windows
 * to come may hold, in order, each at its place: its event time, or its position among the points.
 *
 * <p>A window looks at each of its records. Memory: 40 bytes a record of a window.
 */
final class WindowMembers {
  private record Member(long at, long timeMs, @Nullable String label, long knownMs) {}

  /** Records of one time have no order, so that {@code last} does not depend on one. */
  private static final Comparator<Member> ORDER =
      Comparator.comparingLong(Member::timeMs)
          .thenComparing(Member::label, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final LabelRule rule;
  private final ArrayDeque<Member> members = new ArrayDeque<>();

  WindowMembers(LabelRule rule) {
    this.rule = rule;
  }

  /**
   * @param at not before that of the record before
   */
  void add(long at, KnownTelemetry known) {
    members.addLast(
        new Member(at, known.record().eventTimeMs(), rule.of(known.record()), known.knownMs()));
  }

  /** The row of a window that holds the records from one place to before another. */
  LabelledVector row(FeatureVector window, long from, long to) {
    long knownMs = KnownTelemetry.UNKNOWN;
    List<Member> labelled = new ArrayList<>();
    for (Member member : members) {
      if (member.at >= from && member.at < to) {
        knownMs = Math.max(knownMs, member.knownMs);
        if (member.label != null) {
          labelled.add(member);
        }
      }
    }
    labelled.sort(ORDER);
    List<String> classes = new ArrayList<>();
    for (Member member : labelled) {
      if (member.label != null) {
        classes.add(member.label);
      }
    }
    return new LabelledVector(
        window,
        knownMs == KnownTelemetry.UNKNOWN ? window.windowEndMs() : knownMs,
        rule.ofWindow(classes));
  }

  /** Forgets the records before a place. */
  void dropBefore(long at) {
    while (!members.isEmpty() && members.getFirst().at < at) {
      members.removeFirst();
    }
  }

  void clear() {
    members.clear();
  }
}
