package io.tidewatch.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals of POSIX that Java does not send. */
enum Signal {
  STOP,
  CONT;

  /** Sends it to a process that this user may send it to; nothing happens to one that has ended. */
  void sendTo(ProcessHandle process) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid())).start().waitFor();
      if (exit != 0 && process.isAlive()) {
        throw new IllegalStateException("SIG" + name() + " cannot be sent to " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
