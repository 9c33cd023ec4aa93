package io.github.rtmjava.server.camera;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a live answer is written. */
enum LiveForm {
  /** Server-sent events, about people. */
  EVENTS("text/event-stream") {
    @Override
    byte[] hello(String json) {
      return bytes("retry: 3000\n\nevent: hello\ndata: " + json + "\n\n");
    }

    @Override
    byte[] state(String json, Card card) {
      return bytes("event: state\ndata: " + json + "\n\n");
    }

    @Override
    byte[] beat(String json, Card card) {
      return bytes(":\n\n");
    }

    @Override
    byte[] shot(Shot shot, LiveQuery query) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(bytes("event: poses\nid: " + shot.number() + "\ndata: "));
      out.writeBytes(shot.json(query.angles()));
      out.writeBytes(bytes("\n\n"));
      return out.toByteArray();
    }
  },

  /** Pictures, as browsers show them in the place of one. */
  MJPEG("multipart/x-mixed-replace; boundary=" + LiveForm.BOUNDARY) {
    @Override
    byte[] hello(String json) {
      return bytes(LiveForm.FIRST);
    }

    @Override
    byte[] state(String json, Card card) throws IOException {
      byte[] picture = card.jpeg();
      return picture.length == 0 ? picture : part(JPEG, picture);
    }

    @Override
    byte[] beat(String json, Card card) throws IOException {
      return state(json, card);
    }

    @Override
    byte[] shot(Shot shot, LiveQuery query) throws IOException {
      return part(JPEG, shot.jpeg(query.drawn(), query.size()));
    }
  },

  /** Messages about people, each before the picture that they were found in. */
  MIXED("multipart/mixed; boundary=" + LiveForm.BOUNDARY) {
    @Override
    byte[] hello(String json) {
      return joined(bytes(LiveForm.FIRST), part(TEXT, bytes(json)));
    }

    @Override
    byte[] state(String json, Card card) {
      return part(TEXT, bytes(json));
    }

    @Override
    byte[] beat(String json, Card card) {
      return state(json, card);
    }

    @Override
    byte[] shot(Shot shot, LiveQuery query) throws IOException {
      return joined(
          part(TEXT, shot.json(query.angles())),
          part(JPEG, shot.jpeg(query.drawn(), query.size())));
    }
  };

  private static final String BOUNDARY = "rtm-live-frame";
  private static final String FIRST = "--" + BOUNDARY + "\r\n";
  private static final String JPEG = "image/jpeg";
  private static final String TEXT = "application/json";

  private final String type;

  LiveForm(String type) {
    this.type = type;
  }

  /** A picture that says how the camera is, in the place of one of its own. */
  interface Card {
    /** A JPEG file; empty where there is nothing to say. */
    byte[] jpeg() throws IOException;
  }

  /** The media type. */
  String type() {
    return type;
  }

  /** What comes first. */
  abstract byte[] hello(String json);

  /** That the camera is in another state. */
  abstract byte[] state(String json, Card card) throws IOException;

  /** That it is still there, although nothing happens. */
  abstract byte[] beat(String json, Card card) throws IOException;

  /** A frame. */
  abstract byte[] shot(Shot shot, LiveQuery query) throws IOException;

  /** The names by which they are asked for. */
  static List<String> names() {
    return Arrays.stream(values()).map(form -> form.name().toLowerCase(Locale.ROOT)).toList();
  }

  static LiveForm of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The boundary comes at once after a part: browsers show nothing before they see it. */
  private static byte[] part(String type, byte[] content) {
    return joined(
        bytes("Content-Type: %s\r\nContent-Length: %s\r\n\r\n".formatted(type, content.length)),
        content,
        bytes("\r\n" + FIRST));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
