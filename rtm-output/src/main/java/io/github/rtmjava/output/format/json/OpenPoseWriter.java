package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFolder;
import io.github.rtmjava.output.format.OpenPoseBody;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.Units;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * OpenPose's JSON: a folder with a file per frame, {@code <stem>_<12 digits>_keypoints.json}. The
 * body is BODY_25 where the model sees feet and COCO-18 elsewhere, the face has 70 keypoints of
 * which the two pupils are 0, hands 21. Triples of x, y and score in pixels; in 3D x, y, z and
 * score, in the frame and unit of {@code keypoints_3d}, a field that OpenPose does not have. What
 * was not found is 0, as OpenPose writes it.
 */
final class OpenPoseWriter implements PoseWriter {
  private static final double VERSION = 1.3;
  private static final int FACE = 70;

  private final NewFolder folder;
  private final String stem;
  private final String depth;
  private final int[][] body;
  private final int[][] face;
  private final int[][] leftHand;
  private final int[][] rightHand;

  OpenPoseWriter(Recording recording, Path target, String stem) throws IOException {
    this.stem = stem;
    depth = Units.of(recording.frame());
    WholeBody parts = WholeBody.of(recording.keypointSet());
    body = OpenPoseBody.of(recording.keypointSet());
    face = single(parts.face(), parts.whole() ? FACE : 0);
    leftHand = single(parts.leftHand(), parts.leftHand().size());
    rightHand = single(parts.rightHand(), parts.rightHand().size());
    folder = NewFolder.at(target);
  }

  private static int[][] single(WholeBody.Range range, int size) {
    int[][] sources = new int[size][];
    for (int i = 0; i < size; i++) {
      sources[i] = i < range.size() ? new int[] {range.from() + i} : new int[0];
    }
    return sources;
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    Path file =
        folder
            .path()
            .resolve(String.format(Locale.ROOT, "%s_%012d_keypoints.json", stem, frame.index()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        FiniteJson json = new FiniteJson(out)) {
      JsonGenerator generator = json.generator();
      generator.writeStartObject();
      generator.writeNumberField("version", VERSION);
      if (frame.result().persons().stream().anyMatch(PersonPose::has3d)) {
        generator.writeStringField("keypoints_3d", depth);
      }
      generator.writeArrayFieldStart("people");
      for (PersonPose person : frame.result().persons()) {
        write(person, json);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }

  private void write(PersonPose person, FiniteJson json) throws IOException {
    JsonGenerator out = json.generator();
    out.writeStartObject();
    out.writeFieldName("person_id");
    out.writeArray(new int[] {person.id().orElse(-1)}, 0, 1);
    float[][] flat = person.keypoints();
    json.row("pose_keypoints_2d", pick(body, flat, 2, person));
    json.row("face_keypoints_2d", pick(face, flat, 2, person));
    json.row("hand_left_keypoints_2d", pick(leftHand, flat, 2, person));
    json.row("hand_right_keypoints_2d", pick(rightHand, flat, 2, person));
    float[][] deep = person.keypoints3d();
    json.row("pose_keypoints_3d", pick(body, deep, 3, person));
    json.row("face_keypoints_3d", pick(face, deep, 3, person));
    json.row("hand_left_keypoints_3d", pick(leftHand, deep, 3, person));
    json.row("hand_right_keypoints_3d", pick(rightHand, deep, 3, person));
    out.writeEndObject();
  }

  /**
   * Coordinates and score of each, one after the other; a middle has the lower score of the two.
   */
  private static float[] pick(int[][] sources, float[][] points, int size, PersonPose person) {
    if (points.length == 0) {
      return new float[0];
    }
    float[] scores = person.scores();
    float[] out = new float[(size + 1) * sources.length];
    for (int i = 0; i < sources.length; i++) {
      float score = sources[i].length == 0 ? 0 : Float.POSITIVE_INFINITY;
      for (int k : sources[i]) {
        score = Math.min(score, scores[k]);
      }
      if (score <= 0) {
        continue;
      }
      int at = (size + 1) * i;
      for (int k : sources[i]) {
        for (int axis = 0; axis < size; axis++) {
          out[at + axis] += points[k][axis] / sources[i].length;
        }
      }
      out[at + size] = score;
    }
    return out;
  }

  @Override
  public void finish() throws IOException {
    folder.commit();
  }

  @Override
  public List<Path> written() {
    return List.of(folder.target());
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
