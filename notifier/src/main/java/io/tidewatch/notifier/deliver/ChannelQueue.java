package io.tidewatch.notifier.deliver;

import io.tidewatch.notifier.message.Notification;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one channel, at most so many. One thread adds, one takes. Whoever adds makes room
 * first: adding never blocks, so that a slow channel holds up nobody.
 */
public final class ChannelQueue {
  private final int capacity;
  private final Deque<Notification> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();

  public ChannelQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Makes room.
   *
   * @param fresh how many are about to be added
   * @return all that waited, taken out, when there is no room for so many; else nothing
   */
  public List<Notification> makeRoom(int fresh) {
    lock.lock();
    try {
      if (waiting.size() + fresh <= capacity) {
        return List.of();
      }
      List<Notification> taken = new ArrayList<>(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so many have room when nothing else waits. */
  public boolean holds(int fresh) {
    return fresh <= capacity;
  }

  public void addAll(Collection<Notification> fresh) {
    lock.lock();
    try {
      waiting.addAll(fresh);
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next one; null when none came in that time. */
  @Nullable Notification take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (waiting.isEmpty() && nanos > 0) {
        nanos = added.awaitNanos(nanos);
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
