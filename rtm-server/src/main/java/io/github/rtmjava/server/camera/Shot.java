package io.github.rtmjava.server.camera;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.message.PoseMessages;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A frame as watchers get it. Each form of it is made when the first of them asks, and shared by
 * all.
 */
final class Shot {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Overlay OVERLAY = new Overlay(DrawOptions.of(0.3f));
  private static final double MILLION = 1e6;

  private final Picture picture;
  private final @Nullable Poses poses;
  private final Map<Form, byte[]> made = new ConcurrentHashMap<>();

  /**
   * Who was found.
   *
   * @param about what the frames have in common
   * @param dropped frames before it that nobody was looked for in
   * @param begun {@link System#nanoTime} when its turn came
   * @param done when the poses were there
   */
  record Poses(PoseFrame frame, Recording about, long dropped, long begun, long done) {}

  /** A form that somebody may ask for; there are a few. */
  private sealed interface Form {
    record Json(boolean angles) implements Form {}

    record Jpeg(boolean drawn, int size) implements Form {}
  }

  /** A picture as it is. */
  static Shot plain(Picture picture) {
    return new Shot(picture, null);
  }

  Shot(Picture picture, @Nullable Poses poses) {
    this.picture = picture;
    this.poses = poses;
  }

  /** Number of the frame. */
  long number() {
    return picture.number();
  }

  /**
   * The picture as a JPEG file.
   *
   * @param drawn whether people are drawn on it, where they are known
   * @param size pixels of the longer side at most; 0 for those of the camera
   */
  byte[] jpeg(boolean drawn, int size) throws IOException {
    Poses found = drawn ? poses : null;
    return made(
        new Form.Jpeg(found != null, size),
        () -> {
          Image image = picture.image();
          return Images.jpeg(
              scaled(found == null ? image : OVERLAY.draw(image, found.frame.result()), size));
        });
  }

  private static Image scaled(Image image, int size) {
    int longer = Math.max(image.width(), image.height());
    if (size == 0 || longer <= size) {
      return image;
    }
    double scale = (double) size / longer;
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    try (Canvas canvas = Canvas.of(image, width, height)) {
      return canvas.toImage();
    }
  }

  /**
   * The message about its people.
   *
   * @param angles whether it holds the angles of their bodies
   * @throws IllegalStateException if nobody was looked for
   */
  byte[] json(boolean angles) throws IOException {
    Poses found = poses;
    if (found == null) {
      throw new IllegalStateException("expected a frame with poses, found one without");
    }
    return made(new Form.Json(angles), () -> json(found, angles));
  }

  private byte[] json(Poses found, boolean angles) throws IOException {
    PoseResult result = found.frame.result();
    StringWriter text = new StringWriter(1 << 14);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("at", Instant.ofEpochMilli(picture.at()).toString());
      PoseMessages.frame(
          found.frame, found.about.camera(), angles ? Angles.of(result.keypointSet()) : null, json);
      json.writeNumberField("dropped", found.dropped);
      json.writeObjectFieldStart("ms");
      json.writeNumberField("queue", (found.begun - picture.arrival()) / MILLION);
      json.writeNumberField("compute", (found.done - found.begun) / MILLION);
      json.writeNumberField("all", (System.nanoTime() - picture.arrival()) / MILLION);
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] made(Form form, Maker maker) throws IOException {
    try {
      return made.computeIfAbsent(
          form,
          missing -> {
            try {
              return maker.make();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private interface Maker {
    byte[] make() throws IOException;
  }
}
