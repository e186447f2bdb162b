package io.tidewatch.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL binaries of this platform: an archive on the class path, unpacked once. */
final class PostgresBinaries {
  private static final int ANYONE_MAY_EXECUTE = 0111;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  private PostgresBinaries() {}

  /** Unpacks into {@code target}, unless that has been done, and returns the folder of programs. */
  static Path unpack(Path target) throws IOException {
    if (!Files.exists(target)) {
      Path partial = target.resolveSibling(target.getFileName() + ".partial");
      delete(partial);
      Files.createDirectories(partial);
      if (!unpackWithTar(partial)) {
        unpackHere(partial);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target.resolve("bin");
  }

  /** With the system's tar, which takes less processor time; false where that cannot do it. */
  private static boolean unpackWithTar(Path root) throws IOException {
    Process tar;
    try {
      tar =
          new ProcessBuilder("tar", "-xJ", "--no-same-owner", "-f", "-", "-C", root.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      LOG.debug("There is no tar", e);
      return false;
    }
    try (InputStream archive = archive()) {
      try (var toTar = tar.getOutputStream()) {
        archive.transferTo(toTar);
      } catch (IOException e) {
        LOG.debug("tar stopped reading", e);
      }
      if (tar.waitFor() == 0) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    delete(root);
    return false;
  }

  static void unpackHere(Path root) throws IOException {
    try (InputStream archive = archive();
        var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, root);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path path = root.resolve(entry.getName()).normalize();
    if (!path.startsWith(root)) {
      throw new IOException("The archive of PostgreSQL wants to write to " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    createParent(path);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & ANYONE_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true, false)) {
      throw new IOException("No program may be put into " + path);
    }
  }

  private static InputStream archive() throws IOException {
    String name = "/postgres-" + platform() + ".txz";
    var archive = PostgresBinaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IOException(
          name + " is not on the class path: no PostgreSQL binaries come with this platform");
    }
    return new BufferedInputStream(archive);
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os)
        + "-"
        + (List.of("aarch64", "arm64").contains(arch) ? "arm_64" : "x86_64");
  }

  private static void createParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
