package io.tidewatch.cli.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.cli.notifier.NotifierConfigFile;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.Notifier;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The notifier beside the jobs, and the mail server and the web server that it tells. */
final class DemoNotifier implements AutoCloseable {
  private static final int SMTP_START_TIMEOUT_MS = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_MS = 100;

  private final String kafka;
  private final Path file;
  private final AtomicInteger posts = new AtomicInteger();
  private @Nullable GreenMail mail;
  private @Nullable HttpServer web;
  private @Nullable Notifier notifier;

  /**
   * @param kafka bootstrap servers
   * @param flinkConf the folder {@code flink-conf}
   */
  DemoNotifier(String kafka, Path flinkConf) {
    this.kafka = kafka;
    this.file = flinkConf.resolve("demo/notifier.yaml").toAbsolutePath();
  }

  /** Starts both servers, then the notifier. */
  void start() throws IOException {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(SMTP_START_TIMEOUT_MS);
    GreenMail mailServer = new GreenMail(setup);
    mailServer.start();
    mail = mailServer;
    HttpServer webServer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webServer.createContext("/", this::answer);
    webServer.start();
    web = webServer;
    Map<String, String> environment =
        Map.of(
            "TIDEWATCH_KAFKA", kafka,
            "TIDEWATCH_DEMO_SMTP_PORT", Integer.toString(mailServer.getSmtp().getPort()),
            "TIDEWATCH_DEMO_WEBHOOK_PORT", Integer.toString(webServer.getAddress().getPort()));
    notifier = Notifier.start(NotifierConfigFile.load(new YamlLoader(environment::get), file));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      posts.incrementAndGet();
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /**
   * What the notifier told: how much, and the first mail as it came.
   *
   * @param expected whether there was something to tell; then the first mail is waited for
   */
  List<String> told(boolean expected) throws InterruptedException, IOException, MessagingException {
    List<String> lines = new ArrayList<>();
    if (mail == null) {
      return lines;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (expected && mail.getReceivedMessages().length == 0 && System.nanoTime() < deadline) {
      never.await(LOOK_MS, TimeUnit.MILLISECONDS);
    }
    MimeMessage[] mails = mail.getReceivedMessages();
    lines.add("notifier told %d by mail, %d by webhook".formatted(mails.length, posts.get()));
    if (mails.length > 0) {
      MimeMessage first = mails[0];
      lines.add("  Message-ID  " + first.getMessageID());
      lines.add("  To          " + first.getAllRecipients()[0]);
      lines.add("  Subject     " + first.getSubject());
      plain(first)
          .lines()
          .skip(1) // the subject again
          .filter(line -> !line.isBlank())
          .forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  /** The part for those who want no HTML. */
  private static String plain(Part part) throws IOException, MessagingException {
    if (part.isMimeType("text/plain")) {
      return part.getContent().toString();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        String text = plain(parts.getBodyPart(i));
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  @Override
  public void close() {
    if (notifier != null) {
      notifier.close();
    }
    if (web != null) {
      web.stop(0);
    }
    if (mail != null) {
      mail.stop();
    }
  }
}
