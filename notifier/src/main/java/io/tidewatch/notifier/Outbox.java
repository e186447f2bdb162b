package io.tidewatch.notifier;

import io.tidewatch.notifier.config.ChannelConfig;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.deliver.ChannelQueue;
import io.tidewatch.notifier.group.Flush;
import io.tidewatch.notifier.message.Notification;
import io.tidewatch.notifier.message.Notifications;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queues of all channels that send messages, and what goes into them. Planning and handing over
 * are two steps, so that in between the plan can be written down.
 */
final class Outbox {
  private record Line(Notifications messages, ChannelQueue queue) {}

  /**
   * What goes where.
   *
   * @param pending messages to be handed over
   * @param merged messages that waited and are now part of a digest among {@code pending}
   * @param digests how many messages each digest stands for, by name of the channel
   * @param homeless messages of channels that are no more
   */
  record Plan(
      List<Notification> pending,
      List<Notification> merged,
      Map<String, Integer> digests,
      List<Notification> homeless) {

    private static Plan none() {
      return new Plan(
          new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    }

    boolean isEmpty() {
      return pending.isEmpty() && merged.isEmpty();
    }
  }

  private final NotifierConfig config;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  Outbox(NotifierConfig config) {
    this.config = config;
  }

  /** A queue for a channel. */
  ChannelQueue open(ChannelConfig channel) {
    ChannelQueue queue = new ChannelQueue(channel.delivery().queue());
    lines.put(channel.name(), new Line(new Notifications(channel), queue));
    return queue;
  }

  /** What these groups have to say, on the channels of their receivers. */
  Plan plan(List<Flush> flushes, long nowMs) {
    Plan plan = Plan.none();
    lines.forEach(
        (name, line) -> {
          List<Notification> fresh = new ArrayList<>();
          for (Flush flush : flushes) {
            if (config.channelsOf(flush.receiver()).contains(name)) {
              Notification message = line.messages().of(flush, nowMs);
              if (message != null) {
                fresh.add(message);
              }
            }
          }
          admit(name, line, fresh, false, plan);
        });
    return plan;
  }

  /** What waited when the process before ended. */
  Plan restore(List<Notification> stored) {
    Plan plan = Plan.none();
    lines.forEach(
        (name, line) ->
            admit(
                name,
                line,
                stored.stream().filter(each -> each.channel().equals(name)).toList(),
                true,
                plan));
    stored.stream()
        .filter(each -> !lines.containsKey(each.channel()))
        .forEach(plan.homeless()::add);
    return plan;
  }

  private static void admit(
      String name, Line line, List<Notification> fresh, boolean stored, Plan plan) {
    if (fresh.isEmpty()) {
      return;
    }
    List<Notification> waited = line.queue().makeRoom(fresh.size());
    if (waited.isEmpty() && line.queue().holds(fresh.size())) {
      plan.pending().addAll(fresh);
      return;
    }
    List<Notification> all = new ArrayList<>(waited);
    all.addAll(fresh);
    plan.pending().add(line.messages().digest(all));
    plan.merged().addAll(stored ? all : waited);
    plan.digests().put(name, all.size());
  }

  /** Lets the channels have what was planned. */
  void handOver(Plan plan) {
    lines.forEach(
        (name, line) ->
            line.queue()
                .addAll(
                    plan.pending().stream().filter(each -> each.channel().equals(name)).toList()));
  }
}
