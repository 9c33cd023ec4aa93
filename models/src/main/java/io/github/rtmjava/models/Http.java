package io.github.rtmjava.models;

import io.github.rtmjava.web.Answers;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLException;

/** Asks web servers for files. A redirect may not lead from https to anything else. */
final class Http {
  private final Transfer transfer;
  private final HttpClient client;

  Http(Transfer transfer) {
    this.transfer = transfer;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(transfer.connect())
            .proxy(transfer.proxies());
    Authenticator password = transfer.proxies().authenticator();
    if (password != null) {
      builder.authenticator(password);
    }
    this.client = builder.build();
  }

  /** Whether an address is one of the web. */
  static boolean isWeb(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
  }

  /** An answer whose body has not been read yet. */
  record Answer(int status, HttpHeaders headers, BodyQueue body) implements AutoCloseable {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    @Override
    public void close() {
      body.close();
    }
  }

  /**
   * Sends a GET request and follows redirects.
   *
   * @throws TransferException if no answer comes or a redirect leads astray
   */
  Answer get(URI url, Map<String, String> headers) throws IOException {
    URI at = url;
    for (int i = 0; i <= Redirects.MOST; i++) {
      Answer answer = send(at, headers);
      if (!Redirects.isRedirect(answer.status())) {
        return answer;
      }
      answer.close();
      at = next(url, at, answer.header("Location"));
    }
    throw TransferException.lasting("more than %s redirects".formatted(Redirects.MOST));
  }

  private URI next(URI named, URI from, String location) throws TransferException {
    try {
      return transfer.redirects().next(named, from, location);
    } catch (IOException e) {
      throw TransferException.lasting(String.valueOf(e.getMessage()));
    }
  }

  private Answer send(URI url, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(transfer.connect())
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "rtm-java");
    headers.forEach(request::header);
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    } catch (IOException e) {
      throw TransferException.temporary(reason(e));
    } catch (IllegalArgumentException e) {
      throw TransferException.lasting(reason(e));
    }
    BodyQueue body = new BodyQueue();
    response.body().subscribe(body);
    return new Answer(response.statusCode(), response.headers(), body);
  }

  /** Why a connection failed, in a few words. */
  static String reason(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "the host's name is not known here";
      }
    }
    if (thrown instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (thrown instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    String message = thrown.getMessage();
    if (thrown instanceof ConnectException) {
      return "no connection" + (message == null ? "" : ": " + message);
    }
    if (thrown instanceof SSLException) {
      return "no trusted connection: " + message;
    }
    return Answers.reason(thrown);
  }
}
