package io.tidewatch.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account PostgreSQL's programs run under, as the words put before their command line.
 *
 * <p>They refuse to run as root. An ordinary user runs them as they are. Root runs them in a user
 * namespace of their own, in which they are nobody and the files are still root's; where a
 * container forbids that, as the user nobody, who then owns the database's directory.
 */
record PostgresAccount(List<String> prefix) {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresAccount.class);
  private static final int NOBODY = 65534;
  private static final PostgresAccount ORDINARY = new PostgresAccount(List.of());
  private static final PostgresAccount NAMESPACE = new PostgresAccount(List.of("unshare", "-U"));
  private static final PostgresAccount OTHER_USER =
      new PostgresAccount(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));

  /** The account that can write to {@code home}. */
  static PostgresAccount of(Path home) throws IOException {
    if (new UnixSystem().getUid() != 0) {
      return ORDINARY;
    }
    return NAMESPACE.mayWrite(home) ? NAMESPACE : otherUser(home);
  }

  /** The user nobody, after giving it {@code home}. */
  static PostgresAccount otherUser(Path home) throws IOException {
    @Nullable IOException refused = null;
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (FileSystemException e) {
      refused = e;
    }
    if (refused != null || !OTHER_USER.mayWrite(home)) {
      throw new IOException(
          "PostgreSQL refuses to run as root, and here neither a user namespace (unshare -U) nor"
              + " the user nobody (setpriv) can write to "
              + home
              + ": run as an ordinary user, or choose a directory that every user may enter",
          refused);
    }
    return OTHER_USER;
  }

  /** Runs a program to its end. */
  Outcome run(Object program, Object... arguments) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(program.toString());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor() == 0, said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for " + command, e);
    }
  }

  private boolean mayWrite(Path home) {
    try {
      return run("test", "-w", home).succeeded();
    } catch (IOException e) {
      LOG.debug("{} cannot be used", prefix, e);
      return false;
    }
  }

  /** Picks an account for a directory. */
  interface Choice {
    PostgresAccount of(Path home) throws IOException;
  }

  /** How a program ended, and what it wrote. */
  record Outcome(boolean succeeded, String output) {}
}
