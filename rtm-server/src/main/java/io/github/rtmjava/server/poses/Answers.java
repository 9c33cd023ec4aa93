package io.github.rtmjava.server.poses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes the bytes of answers. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /** Of one picture. */
  static byte[] one(Outcome.Found found, PosesQuery query, AnswerForm form) throws IOException {
    return switch (form) {
      case JSON -> json(found, query);
      case CSV -> csv(found);
      case PNG -> Drawings.png(drawn(found, query));
      case JPEG -> Images.jpeg(drawn(found, query));
      case BINARY -> BinaryPoses.of(List.of(found.result()));
    };
  }

  /** Of several pictures. */
  static byte[] several(List<Outcome> outcomes, PosesQuery query, AnswerForm form)
      throws IOException {
    if (form == AnswerForm.BINARY) {
      List<PoseResult> results = new ArrayList<>();
      outcomes.forEach(o -> results.add(o instanceof Outcome.Found f ? f.result() : null));
      return BinaryPoses.of(results);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < outcomes.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      if (outcomes.get(i) instanceof Outcome.Found found) {
        out.writeBytes(json(found, query));
      } else if (outcomes.get(i) instanceof Outcome.Failed failed) {
        out.writeBytes(JSON.writeValueAsBytes(json(failed)));
      }
    }
    out.write(']');
    out.write('\n');
    return out.toByteArray();
  }

  private static ObjectNode json(Outcome.Failed failed) {
    ProblemException problem = failed.problem();
    return JSON.createObjectNode().put("image", failed.name()).set("error", Problems.json(problem));
  }

  private static byte[] json(Outcome.Found found, PosesQuery query) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter.write(found.result(), found.name(), query.angles(), query.names(), out);
    return out.toByteArray();
  }

  private static Image drawn(Outcome.Found found, PosesQuery query) {
    return new Poster(query.drawing()).compose(found.image(), found.result());
  }

  private static byte[] csv(Outcome.Found found) throws IOException {
    Recording recording = found.recording();
    Path folder = Files.createTempDirectory("rtm-answer");
    try (PoseWriter writer = PoseFormats.of("csv").open(recording, folder, "answer")) {
      writer.write(new PoseFrame(0, 0, found.result()));
      writer.finish();
      return Files.readAllBytes(writer.written().get(0));
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
