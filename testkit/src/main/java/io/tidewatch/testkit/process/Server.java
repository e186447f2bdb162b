package io.tidewatch.testkit.process;

import java.util.Optional;

/** A server that can be stopped, killed, frozen and started again. */
public interface Server extends AutoCloseable {

  /** Unique among those of a supervisor. */
  String name();

  /** Starts it, for the first time or again, at the address it had before. */
  void start();

  /** Asks it to end and waits until it has. */
  void stop();

  /** Ends it at once, as {@code kill -9} does: nothing is flushed, nobody is told. */
  void kill();

  /** Takes the processor from it, as {@code kill -STOP} does: its connections stay open. */
  void freeze();

  /** Gives the processor back. */
  void thaw();

  /** Whether it runs or is frozen. */
  boolean isAlive();

  /** The process that listens, while there is one; always empty for what is no process. */
  default Optional<ProcessHandle> process() {
    return Optional.empty();
  }

  /** Whether it has come up since its last start; true where nobody can tell. */
  boolean hasServed();

  /** Ends it for good, frozen or not. */
  @Override
  void close();
}
