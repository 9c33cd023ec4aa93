package io.github.rtmjava.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body of several parts. */
public final class Multipart {
  public static final String TYPE = "multipart/form-data; boundary=a-boundary";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Multipart file(String name, byte[] data) {
    return part("name=\"file\"; filename=\"" + name + "\"", "application/octet-stream", data);
  }

  public Multipart options(String json) {
    return part("name=\"options\"", "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Multipart part(String disposition, String type, byte[] data) {
    text("--a-boundary\r\nContent-Disposition: form-data; " + disposition + "\r\n");
    text("Content-Type: " + type + "\r\n\r\n");
    out.writeBytes(data);
    text("\r\n");
    return this;
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] bytes() {
    text("--a-boundary--\r\n");
    return out.toByteArray();
  }
}
