package io.github.rtmjava.output.viewer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page knows before it decodes a chunk. */
record ViewerManifest(
    Recording recording,
    ViewerOptions options,
    int frames,
    int chunk,
    boolean depth,
    PageAxes axes,
    Map<Integer, Presence> people,
    List<BodyAngle> angles) {
  private static final JsonFactory JSON = new JsonFactory();

  /** JSON of ASCII characters only, and without any that HTML gives a meaning to. */
  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
      json.setCharacterEscapes(new HtmlSafe());
      json.writeStartObject();
      general(json);
      frame(json);
      keypoints(json);
      people(json);
      angles(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private void general(JsonGenerator json) throws IOException {
    json.writeStringField("source", recording.source());
    json.writeStringField("model", recording.model());
    json.writeNumberField("width", recording.width());
    json.writeNumberField("height", recording.height());
    json.writeNumberField("frameRate", recording.frameRate());
    json.writeNumberField("frames", frames);
    json.writeNumberField("chunk", chunk);
    json.writeNumberField("minScore", options.minScore());
    json.writeObjectFieldStart("media");
    ViewerMedia media = options.media();
    if (media instanceof ViewerMedia.Video video) {
      json.writeStringField("kind", "video");
      json.writeStringField("href", video.href());
    } else if (media instanceof ViewerMedia.Picture picture) {
      json.writeStringField("kind", "picture");
      json.writeStringField("href", picture.href());
    } else {
      json.writeStringField("kind", "none");
    }
    json.writeEndObject();
  }

  private void frame(JsonGenerator json) throws IOException {
    Frame3d frame = recording.frame();
    json.writeStringField("frame", frame.id());
    json.writeStringField(
        "note",
        !options.note().isEmpty()
            ? options.note()
            : depth
                ? ViewAxes.note(frame) + standing()
                : "Pixels of the picture; this model has no depth.");
    json.writeBooleanField("depth", depth);
    json.writeNumberField("floor", axes.floor());
    json.writeArrayFieldStart("axes");
    for (double[] row : axes.rows()) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
    json.writeFieldName("origin");
    point(json, axes.origin());
    Camera camera = recording.camera();
    WorldPose pose = axes.camera();
    if (camera != null && pose != null) {
      camera(json, camera, pose);
    }
  }

  /** That the view is not as level as the numbers are. */
  private String standing() {
    WorldPose pose = axes.camera();
    return pose == null || !ViewAxes.atCamera(recording.frame()) || pose.height() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " The view stands on the floor that the people's feet show, %.2f m below the camera,"
                + " which looks %.0f\u00b0 downwards; the numbers do not.",
            pose.height(),
            pose.pitch());
  }

  /** The camera in the page's axes, which are those of a level camera in the world, turned. */
  private static void camera(JsonGenerator json, Camera camera, WorldPose pose) throws IOException {
    float[] position = pose.apply(new float[3]);
    json.writeObjectFieldStart("camera");
    json.writeNumberField("fx", camera.fx());
    json.writeNumberField("fy", camera.fy());
    json.writeNumberField("cx", camera.cx());
    json.writeNumberField("cy", camera.cy());
    json.writeFieldName("position");
    point(json, ViewAxes.turn(position, Frame3d.WORLD));
    json.writeArrayFieldStart("axes");
    for (float[] axis : new float[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}}) {
      float[] end = pose.apply(axis);
      for (int i = 0; i < 3; i++) {
        end[i] -= position[i];
      }
      point(json, ViewAxes.turn(end, Frame3d.WORLD));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, double[] point) throws IOException {
    json.writeArray(point, 0, point.length);
  }

  private void keypoints(JsonGenerator json) throws IOException {
    KeypointSet set = recording.keypointSet();
    json.writeStringField("keypointSet", set.name());
    json.writeArrayFieldStart("points");
    for (KeypointSet.Point point : set.points()) {
      json.writeStartArray();
      json.writeString(point.name());
      json.writeNumber(point.rgb());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("links");
    for (KeypointSet.Link link : set.links()) {
      json.writeArray(new int[] {link.from(), link.to(), link.rgb()}, 0, 3);
    }
    json.writeEndArray();
  }

  private void people(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("people");
    for (Map.Entry<Integer, Presence> person : people.entrySet()) {
      json.writeStartObject();
      json.writeNumberField("id", person.getKey());
      json.writeNumberField("frames", person.getValue().frames());
      json.writeArrayFieldStart("runs");
      for (int[] run : person.getValue().runs()) {
        json.writeArray(run, 0, run.length);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void angles(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("angles");
    for (BodyAngle angle : angles) {
      json.writeString(angle.id());
    }
    json.writeEndArray();
  }
}
