package io.github.rtmjava.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A web server on this machine that answers byte for byte as a test says. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** What a client asked for; header names in lower case. */
  record Request(String target, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** Where the range that is asked for begins; 0 if there is none. */
    int from() {
      String range = header("range");
      return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }
  }

  /** Answers a request; the connection is closed after that. */
  interface Script {
    void answer(Request request, OutputStream out) throws IOException;
  }

  ScriptedServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted server");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + socket.getLocalPort() + path);
  }

  /** Answers a path, or a whole address where this server is used as a proxy. */
  ScriptedServer on(String target, Script script) {
    scripts.put(target, script);
    return this;
  }

  /** Answers a path with one script after the other; the last one stays. */
  ScriptedServer on(String target, Script first, Script... later) {
    List<Script> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(later));
    return on(
        target,
        (request, out) -> {
          Script script;
          synchronized (all) {
            script = all.size() > 1 ? all.remove(0) : all.get(0);
          }
          script.answer(request, out);
        });
  }

  List<Request> requests() {
    return requests;
  }

  /** Waits until the server is closed: an answer that never ends. */
  void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file in one piece, with a tag. */
  static Script file(byte[] content) {
    return file(content, "ETag: \"one\"");
  }

  /** The file with its headers; honours ranges and conditions as a good server does. */
  static Script file(byte[] content, String... headers) {
    return (request, out) -> {
      int from = request.from();
      String condition = request.header("if-range");
      boolean current =
          condition.isEmpty() || String.join("\n", headers).contains(": " + condition);
      List<String> all = new ArrayList<>(List.of(headers));
      if (from > 0 && current && from >= content.length) {
        head(out, 416, "Content-Range: bytes */" + content.length, "Content-Length: 0");
      } else if (from > 0 && current) {
        all.add(
            "Content-Range: bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        all.add("Content-Length: " + (content.length - from));
        head(out, 206, all.toArray(String[]::new));
        out.write(content, from, content.length - from);
      } else {
        all.add("Content-Length: " + content.length);
        head(out, 200, all.toArray(String[]::new));
        out.write(content);
      }
    };
  }

  /** Promises the whole file and closes the connection after some of it. */
  static Script cut(byte[] content, int after, String... headers) {
    return (request, out) -> {
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Content-Length: " + content.length);
      head(out, 200, all.toArray(String[]::new));
      out.write(content, 0, after);
    };
  }

  static Script status(int status, String... headers) {
    return (request, out) -> {
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Content-Length: 0");
      head(out, status, all.toArray(String[]::new));
    };
  }

  static void head(OutputStream out, int status, String... headers) throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Connection: close\r\n\r\n");
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread thread = new Thread(() -> answer(client), "scripted answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String[] start = String.valueOf(in.readLine()).split(" ", -1);
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      if (start.length < 2) {
        return;
      }
      Request request = new Request(start[1], headers);
      requests.add(request);
      OutputStream out = client.getOutputStream();
      scripts.getOrDefault(request.target(), status(404)).answer(request, out);
      out.flush();
      client.shutdownOutput();
    } catch (IOException e) {
      // The client went away, which some tests want.
    }
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    socket.close();
  }
}
