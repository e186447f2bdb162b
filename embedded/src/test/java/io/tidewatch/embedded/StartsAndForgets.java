package io.tidewatch.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own that starts a database, says so, and never closes it. */
final class StartsAndForgets {
  private StartsAndForgets() {}

  /** With any word behind the directory it waits for input before it ends. */
  static Process launch(Path dir, String... words) throws IOException {
    var command =
        Stream.concat(
            Stream.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                StartsAndForgets.class.getName(),
                dir.toString()),
            Stream.of(words));
    return new ProcessBuilder(List.copyOf(command.toList()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws IOException {
    var database = EmbeddedDatabase.start(Path.of(args[0]));
    System.out.println(database.jdbcUrl());
    if (args.length > 1) {
      System.in.read();
    }
  }
}
