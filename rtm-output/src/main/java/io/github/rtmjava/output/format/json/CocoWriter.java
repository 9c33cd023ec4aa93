package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COCO's results: a list of {@code {image_id, category_id, keypoints: [x, y, score, ...], score}},
 * in pixels. Of videos {@code image_id} is the frame's index; pictures have their {@code file_name}
 * and as {@code image_id} the number that is their name, as COCO's have, or else their place in the
 * run, from 1 on. Whole bodies have the keypoints of each part in a field of its own, everybody
 * else {@code bbox} as x, y, width and height. {@code score} is mmpose's: the box's times the mean
 * of the keypoints' that exceed {@value #COUNTED}. Who was followed has a {@code track_id}.
 */
final class CocoWriter implements PoseWriter {
  private static final float COUNTED = 0.2f;
  private static final int PERSON = 1;

  private final NewFile file;
  private final FiniteJson json;
  private final WholeBody parts;
  private final @Nullable String picture;
  private final long number;

  CocoWriter(Recording recording, Path target) throws IOException {
    parts = WholeBody.of(recording.keypointSet());
    picture = recording.frameRate() == 0 ? fileName(recording.source()) : null;
    number = picture == null ? 0 : number(picture, recording.number());
    file = NewFile.at(target);
    json = new FiniteJson(file.out());
    json.generator().writeStartArray();
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    JsonGenerator out = json.generator();
    for (PersonPose person : frame.result().persons()) {
      out.writeStartObject();
      out.writeNumberField("image_id", number + frame.index());
      if (picture != null) {
        out.writeStringField("file_name", picture);
      }
      out.writeNumberField("category_id", PERSON);
      part("keypoints", parts.body(), person);
      if (parts.whole()) {
        part("foot_kpts", parts.feet(), person);
        part("face_kpts", parts.face(), person);
        part("lefthand_kpts", parts.leftHand(), person);
        part("righthand_kpts", parts.rightHand(), person);
      } else {
        Box box = person.bbox();
        json.row("bbox", new float[] {box.x1(), box.y1(), box.width(), box.height()});
      }
      json.number("score", score(person));
      if (person.id().isPresent()) {
        out.writeNumberField("track_id", person.id().getAsInt());
      }
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private static String fileName(String source) {
    return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
  }

  private static long number(String picture, int place) {
    String stem = picture.replaceFirst("[.][^.]*$", "");
    return stem.matches("[0-9]{1,18}") ? Long.parseLong(stem) : place;
  }

  private void part(String name, WholeBody.Range range, PersonPose person) throws IOException {
    float[][] points = person.keypoints();
    float[] scores = person.scores();
    float[] triples = new float[3 * range.size()];
    for (int i = 0; i < range.size(); i++) {
      int k = range.from() + i;
      triples[3 * i] = points[k][0];
      triples[3 * i + 1] = points[k][1];
      triples[3 * i + 2] = scores[k];
    }
    json.row(name, triples);
  }

  private static float score(PersonPose person) {
    float sum = 0;
    int counted = 0;
    for (float score : person.scores()) {
      if (score > COUNTED) {
        sum += score;
        counted++;
      }
    }
    return person.bboxScore() * (counted == 0 ? 0 : sum / counted);
  }

  @Override
  public void finish() throws IOException {
    json.generator().writeEndArray();
    json.generator().writeRaw('\n');
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
