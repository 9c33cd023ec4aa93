package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.Units;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The predictions of mmpose 1.x ({@code split_instances} of {@code mmpose/structures/utils.py}):
 * each instance has {@code keypoints} and {@code keypoint_scores}, {@code bbox} as a list of one
 * box (corners, pixels) and {@code bbox_score}. Beyond mmpose's own, where there is more to say,
 * {@code track_id} and 3D keypoints in a field that names their frame and unit, for example {@code
 * keypoints_3d_camera_m}.
 *
 * <p>The inferencer's form is a list of instances for a picture, and for a video a list of {@code
 * {frame_id, instances}} from 0. That of the demos is an object with {@code meta_info} and {@code
 * instance_info}, the same lists but from 1; arrays in {@code meta_info} are as json_tricks writes
 * them.
 */
final class MmposeWriter implements PoseWriter {
  private final NewFile file;
  private final FiniteJson json;
  private final boolean picture;
  private final String depthField;
  private final int first;
  private long frames;

  private MmposeWriter(Recording recording, Path target, boolean demo) throws IOException {
    picture = recording.frameRate() == 0;
    depthField = "keypoints_3d_" + Units.of(recording.frame());
    first = demo ? 1 : 0;
    file = NewFile.at(target);
    json = new FiniteJson(file.out());
    if (demo) {
      json.generator().writeStartObject();
      meta(recording.keypointSet());
      json.generator().writeFieldName("instance_info");
    }
    json.generator().writeStartArray();
  }

  static MmposeWriter inferencer(Recording recording, Path target) throws IOException {
    return new MmposeWriter(recording, target, false);
  }

  static MmposeWriter demo(Recording recording, Path target) throws IOException {
    return new MmposeWriter(recording, target, true);
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    if (picture && frames++ > 0) {
      throw new IOException("expected one frame of a picture, found another");
    }
    List<PersonPose> people = frame.result().persons();
    if (picture) {
      instances(people);
      return;
    }
    json.generator().writeStartObject();
    json.generator().writeNumberField("frame_id", frame.index() + first);
    json.generator().writeArrayFieldStart("instances");
    instances(people);
    json.generator().writeEndArray();
    json.generator().writeEndObject();
  }

  private void instances(List<PersonPose> people) throws IOException {
    JsonGenerator out = json.generator();
    for (PersonPose person : people) {
      out.writeStartObject();
      json.rows("keypoints", person.keypoints());
      json.row("keypoint_scores", person.scores());
      json.rows("bbox", new float[][] {person.bbox().toArray()});
      json.number("bbox_score", person.bboxScore());
      if (person.id().isPresent()) {
        out.writeNumberField("track_id", person.id().getAsInt());
      }
      if (person.has3d()) {
        json.rows(depthField, person.keypoints3d());
      }
      out.writeEndObject();
    }
  }

  private void meta(KeypointSet set) throws IOException {
    JsonGenerator out = json.generator();
    out.writeObjectFieldStart("meta_info");
    out.writeStringField("dataset_name", set.name());
    out.writeNumberField("num_keypoints", set.size());
    out.writeObjectFieldStart("keypoint_id2name");
    for (int k = 0; k < set.size(); k++) {
      out.writeStringField(String.valueOf(k), set.points().get(k).name());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("keypoint_name2id");
    for (int k = 0; k < set.size(); k++) {
      out.writeNumberField(set.points().get(k).name(), k);
    }
    out.writeEndObject();
    if (set.knowsMirror()) {
      out.writeArrayFieldStart("flip_indices");
      for (KeypointSet.Point point : set.points()) {
        out.writeNumber(point.flipped());
      }
      out.writeEndArray();
    }
    colours("keypoint_colors", set.points(), KeypointSet.Point::rgb);
    out.writeNumberField("num_skeleton_links", set.links().size());
    out.writeArrayFieldStart("skeleton_links");
    for (KeypointSet.Link link : set.links()) {
      out.writeArray(new int[] {link.from(), link.to()}, 0, 2);
    }
    out.writeEndArray();
    colours("skeleton_link_colors", set.links(), KeypointSet.Link::rgb);
    out.writeEndObject();
  }

  private <T> void colours(String name, List<T> things, ToIntFunction<T> rgb) throws IOException {
    JsonGenerator out = json.generator();
    out.writeObjectFieldStart(name);
    out.writeArrayFieldStart("__ndarray__");
    for (T thing : things) {
      int colour = rgb.applyAsInt(thing);
      out.writeArray(new int[] {colour >> 16 & 255, colour >> 8 & 255, colour & 255}, 0, 3);
    }
    out.writeEndArray();
    out.writeStringField("dtype", "uint8");
    out.writeFieldName("shape");
    out.writeArray(new int[] {things.size(), 3}, 0, 2);
    out.writeEndObject();
  }

  @Override
  public void finish() throws IOException {
    json.generator().writeEndArray();
    if (first == 1) {
      json.generator().writeEndObject();
    }
    json.close();
    file.commit();
  }

  @Override
  public List<Path> written() {
    return List.of(file.target());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
