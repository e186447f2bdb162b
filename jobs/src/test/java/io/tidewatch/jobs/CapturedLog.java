package io.tidewatch.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged in this JVM, from INFO on, by whomever, while this is open. */
final class CapturedLog implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = LoggerContext.getContext(false).getRootLogger();
  private final Level before = root.getLevel();

  private final AbstractAppender appender =
      new AbstractAppender("captured", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage());
          Throwable thrown = event.getThrown();
          if (thrown != null) {
            lines.add(trace(thrown));
          }
        }
      };

  CapturedLog() {
    appender.start();
    root.addAppender(appender);
    Configurator.setRootLevel(Level.INFO);
  }

  /** What was logged so far. */
  String text() {
    return String.join("\n", lines);
  }

  /** A failure with all its causes, as logs and web pages show it. */
  static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Override
  public void close() {
    Configurator.setRootLevel(before);
    root.removeAppender(appender);
    appender.stop();
  }
}
