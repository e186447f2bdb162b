package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What a closed service may not leave behind. */
final class Leftovers {
  private Leftovers() {}

  static void assertNobodyListens(String hostAndPort) {
    int port = URI.create("tcp://" + hostAndPort).getPort();
    assertThatThrownBy(
            () -> new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port).close())
        .isInstanceOf(ConnectException.class);
  }

  /** Processes that run a program from below a directory, or were given a path in there. */
  static List<String> processesOf(Path dir) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .map(ProcessHandle::info)
        .flatMap(info -> info.commandLine().stream())
        .filter(line -> line.contains(dir.toString()))
        .toList();
  }
}
