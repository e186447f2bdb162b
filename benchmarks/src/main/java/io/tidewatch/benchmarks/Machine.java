package io.tidewatch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Where figures were taken.
 *
 * @param date day of the measurement, UTC
 * @param description processors, memory, system, JVM
 */
public record Machine(String date, String description) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This machine, today. */
  public static Machine here() {
    var os = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    String description =
        String.format(
            Locale.ROOT,
            "%d × %s, %.0f GB, %s %s, %s %s",
            os.getAvailableProcessors(),
            processor(os.getArch()),
            os.getTotalMemorySize() / 1e9,
            os.getName(),
            os.getVersion(),
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version"));
    return new Machine(LocalDate.now(ZoneOffset.UTC).toString(), description);
  }

  /** What Linux calls the processor; elsewhere its architecture. */
  private static String processor(String architecture) {
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
