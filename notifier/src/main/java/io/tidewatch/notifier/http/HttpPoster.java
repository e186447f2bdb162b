package io.tidewatch.notifier.http;

import io.tidewatch.notifier.config.TargetSettings;
import io.tidewatch.notifier.deliver.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts to targets that are allowed: at addresses that were checked, without following redirects,
 * without cookies, within a time limit for all of it. Of an answer it takes the status; of one that
 * is no success also its first {@value #MAX_ANSWER_BYTES} bytes.
 *
 * <p>For one channel: its connections are not shared.
 */
public final class HttpPoster implements AutoCloseable {
  /** Enough for the sentence that says what was wrong. */
  static final int MAX_ANSWER_BYTES = 256;

  private final CloseableHttpClient client;
  private final TargetSettings settings;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "notifier-http-timer");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param names the name service
   */
  public HttpPoster(TargetSettings settings, TargetPolicy policy, DnsResolver names, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    Timeout whole = Timeout.ofMilliseconds(settings.requestTimeout().toMillis());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new CheckedResolver(policy, names))
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(
                                Timeout.ofMilliseconds(settings.connectTimeout().toMillis()))
                            .setSocketTimeout(whole)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(whole).build())
            .setUserAgent("tidewatch-notifier")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** Posts once. */
  public Outcome post(URI target, Map<String, String> headers, String contentType, byte[] body) {
    HttpPost request = new HttpPost(target);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
    ScheduledFuture<?> limit =
        timer.schedule(
            request::cancel, settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    @Nullable ClassicHttpResponse response = null;
    try {
      response = client.executeOpen(HttpHost.create(target), request, null);
      return outcome(response);
    } catch (ForbiddenAddressException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      return new Outcome.Failed(
          target.getHost()
              + ": "
              + (request.isCancelled()
                  ? "no answer within " + settings.requestTimeout()
                  : e.getClass().getSimpleName()),
          null);
    } finally {
      limit.cancel(false);
      // Closing alone would read an answer to its end, however slow or long it is.
      request.cancel();
      Closer.closeQuietly(response);
    }
  }

  private Outcome outcome(ClassicHttpResponse response) {
    int status = response.getCode();
    if (status >= 200 && status < 300) {
      return new Outcome.Sent();
    }
    String reason = "HTTP status " + status + said(response);
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      Header asked = response.getFirstHeader("Retry-After");
      return new Outcome.Failed(
          reason, RetryAfter.parse(asked == null ? null : asked.getValue(), clock.instant()));
    }
    return new Outcome.Refused(reason);
  }

  /** The beginning of the answer, on one line. */
  private static String said(ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    try {
      InputStream in = entity.getContent();
      String text = new String(in.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
      String line = text.replaceAll("\\p{C}+", " ").trim();
      return line.isEmpty() ? "" : ": " + line;
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
