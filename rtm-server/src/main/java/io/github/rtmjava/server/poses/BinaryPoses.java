package io.github.rtmjava.server.poses;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Poses as little-endian binary numbers, a sixth of their size as JSON. All counts are unsigned
 * integers of 32 bits, all other numbers float32:
 *
 * <pre>{@code
 * "RTMP"  version (1)  pictures
 * for each picture:
 *   width  height  people  keypoints K  values V (3: x, y, score; 6: and X, Y, Z)
 *   for each person:
 *     id (-1 for none)  bbox x1 y1 x2 y2  bbox score
 *     K times: x y score [X Y Z]
 * }</pre>
 *
 * <p>x and y are pixels of the picture, X, Y and Z metres in the frame that was asked for. A
 * picture that failed has width and height 0 and nobody.
 */
public final class BinaryPoses {
  /** The media type. */
  public static final String TYPE = "application/vnd.rtm.poses";

  private static final int VERSION = 1;
  private static final int HEADER = 5 * 4;

  private BinaryPoses() {}

  /**
   * The bytes of results.
   *
   * @param results null stands for one that failed
   */
  public static byte[] of(List<@Nullable PoseResult> results) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("RTMP".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(buffer(8).putInt(VERSION).putInt(results.size()).array());
    for (PoseResult result : results) {
      if (result == null) {
        out.writeBytes(new byte[HEADER]);
      } else {
        write(result, out);
      }
    }
    return out.toByteArray();
  }

  private static void write(PoseResult result, ByteArrayOutputStream out) {
    int keypoints = result.keypointSet().size();
    boolean depth = result.persons().stream().anyMatch(PersonPose::has3d);
    int values = depth ? 6 : 3;
    out.writeBytes(
        buffer(HEADER)
            .putInt(result.width())
            .putInt(result.height())
            .putInt(result.size())
            .putInt(keypoints)
            .putInt(values)
            .array());
    for (PersonPose person : result.persons()) {
      byte[] data = new byte[4 + 5 * 4 + keypoints * values * 4];
      ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(person.id().orElse(-1));
      for (float edge : person.bbox().toArray()) {
        bytes.putFloat(edge);
      }
      bytes.putFloat(person.bboxScore());
      float[][] seen = person.keypoints();
      float[] scores = person.scores();
      float[][] placed = person.has3d() ? person.keypoints3d() : new float[keypoints][3];
      for (int k = 0; k < keypoints; k++) {
        bytes.putFloat(seen[k][0]).putFloat(seen[k][1]).putFloat(scores[k]);
        for (int i = 0; i < values - 3; i++) {
          bytes.putFloat(placed[k][i]);
        }
      }
      out.writeBytes(data);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
