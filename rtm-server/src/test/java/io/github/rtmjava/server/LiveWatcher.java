package io.github.rtmjava.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody who reads server-sent events. */
final class LiveWatcher implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private final StringBuilder heard = new StringBuilder();

  /**
   * An event.
   *
   * @param name of the event
   */
  record Event(String name, JsonNode data) {
    boolean isState(String state) {
      return name.equals("state") && data.get("state").asText().equals(state);
    }

    boolean isPoses() {
      return name.equals("poses");
    }
  }

  LiveWatcher(HttpRequest.Builder request) throws IOException, InterruptedException {
    response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  int status() {
    return response.statusCode();
  }

  /** All that came. */
  String heard() {
    return heard.toString();
  }

  /** The next event; null once the answer has ended as it should. */
  @Nullable Event next() throws IOException {
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heard.append(line).append('\n');
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        return new Event(name, Asking.JSON.readTree(line.substring("data: ".length())));
      }
    }
    return null;
  }

  /** The next event of a kind. */
  Event next(Predicate<Event> wanted) throws IOException {
    for (Event event = next(); event != null; event = next()) {
      if (wanted.test(event)) {
        return event;
      }
    }
    throw new IOException("the answer has ended: " + heard);
  }

  Event poses() throws IOException {
    return next(Event::isPoses);
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
