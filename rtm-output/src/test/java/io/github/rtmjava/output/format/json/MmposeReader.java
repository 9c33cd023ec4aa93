package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.output.format.Poses;
import java.io.IOException;
import java.nio.file.Path;

/** Reads mmpose's predictions of a video. */
public record MmposeReader(Poses flat, Poses deep) {
  public static MmposeReader inferencer(Path file) throws IOException {
    return of(new ObjectMapper().readTree(file.toFile()), 0);
  }

  public static MmposeReader demo(Path file) throws IOException {
    return of(new ObjectMapper().readTree(file.toFile()).get("instance_info"), 1);
  }

  private static MmposeReader of(JsonNode frames, int first) {
    MmposeReader read = new MmposeReader(new Poses(), new Poses());
    for (JsonNode frame : frames) {
      for (JsonNode instance : frame.get("instances")) {
        long index = frame.get("frame_id").asLong() - first;
        int id = instance.get("track_id").asInt();
        read.flat.put(index, id, rows(instance.get("keypoints")));
        if (instance.has("keypoints_3d_camera_m")) {
          read.deep.put(index, id, rows(instance.get("keypoints_3d_camera_m")));
        }
      }
    }
    return read;
  }

  static double[][] rows(JsonNode rows) {
    double[][] out = new double[rows.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new double[rows.get(i).size()];
      for (int j = 0; j < out[i].length; j++) {
        // The text of a float, read as a float, is that float.
        out[i][j] = Float.parseFloat(rows.get(i).get(j).asText());
      }
    }
    return out;
  }
}
