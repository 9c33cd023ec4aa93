package io.github.rtmjava.output.format.mocap;

import static io.github.rtmjava.output.format.mocap.C3dParameters.BLOCK;

import io.github.rtmjava.output.format.LittleEndian;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * C3D, a file for each person (the C3D File Format User Guide, c3d.org): little-endian, points as
 * floats in millimetres, Z up and Y away from the viewer, as {@code POINT:X_SCREEN} and {@code
 * Y_SCREEN} say. Frames reach from the person's first to the last, and the first one's number is
 * that of its source, which C3D counts from 1; what is not there has the residual -1. Names as in
 * TRC; more than 255 go on in {@code LABELS2}, more than 65535 frames are counted in {@code
 * POINT:LONG_FRAMES} and in the group {@code TRIAL}.
 */
final class C3dFile {
  private static final int MOST_FRAMES = 0xffff;
  private static final int FIRST_BLOCK_OF_PARAMETERS = 2;
  private static final int MARK = 0x50;
  private static final float MILLIMETRES = 1000;

  /** Negative for points kept as floats. */
  private static final float SCALE = -1;

  private C3dFile() {}

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    for (Track track : tracks.all()) {
      files.write(track, ".c3d", out -> write(tracks, track, out));
    }
  }

  private static void write(Tracks tracks, Track track, OutputStream out) throws IOException {
    Recording recording = tracks.recording();
    List<String> names = MarkerNames.of(recording.keypointSet());
    float rate = (float) tracks.rate();
    int first = Math.toIntExact(tracks.index(track.first()) + 1);
    int blocks = parameters(track, first, names, rate, 0).length / BLOCK;
    int data = FIRST_BLOCK_OF_PARAMETERS + blocks;
    out.write(header(track, first, names.size(), rate, data));
    out.write(parameters(track, first, names, rate, data));
    byte[] bytes = new byte[16 * names.size()];
    ByteBuffer row = LittleEndian.over(bytes);
    long written = 0;
    int next = 0;
    for (int frame = track.first(); frame <= track.last(); frame++) {
      row.clear();
      if (track.frame(next) == frame) {
        for (double[] point : Upright.points(tracks.person(track, next), recording.frame())) {
          put(point, row);
        }
        next++;
      } else {
        for (int i = 0; i < names.size(); i++) {
          missing(row);
        }
      }
      out.write(bytes);
      written += bytes.length;
    }
    out.write(new byte[(int) (-written & BLOCK - 1)]);
  }

  private static void put(double[] point, ByteBuffer row) {
    if (Double.isNaN(point[0])) {
      missing(row);
      return;
    }
    row.putFloat((float) point[0] * MILLIMETRES);
    row.putFloat((float) -point[2] * MILLIMETRES);
    row.putFloat((float) point[1] * MILLIMETRES);
    row.putFloat(0);
  }

  private static void missing(ByteBuffer row) {
    row.putFloat(0).putFloat(0).putFloat(0).putFloat(-1);
  }

  private static byte[] header(Track track, int first, int points, float rate, int data) {
    long last = (long) first + track.span() - 1;
    boolean fits = last <= MOST_FRAMES;
    byte[] bytes = new byte[BLOCK];
    ByteBuffer header = LittleEndian.over(bytes);
    header.put((byte) FIRST_BLOCK_OF_PARAMETERS).put((byte) MARK);
    header.putShort((short) points);
    // No analogue measurements.
    header.putShort((short) 0);
    header.putShort((short) (fits ? first : 1));
    header.putShort((short) (fits ? last : Math.min(track.span(), MOST_FRAMES)));
    // No gaps filled by whoever writes this.
    header.putShort((short) 0);
    header.putFloat(SCALE);
    header.putShort((short) data);
    header.putShort((short) 0);
    header.putFloat(rate);
    return bytes;
  }

  private static byte[] parameters(
      Track track, int first, List<String> names, float rate, int data) {
    C3dParameters out = new C3dParameters();
    out.group("POINT", "3D points")
        .integers("USED", names.size())
        .floats("SCALE", SCALE)
        .integers("DATA_START", data)
        .integers("FRAMES", Math.min(track.span(), MOST_FRAMES))
        .floats("RATE", rate)
        .string("UNITS", "mm")
        .string("X_SCREEN", "+X")
        .string("Y_SCREEN", "+Z")
        .strings("LABELS", names)
        .strings("DESCRIPTIONS", names);
    if (track.span() > MOST_FRAMES) {
      out.floats("LONG_FRAMES", track.span());
    }
    out.group("ANALOG", "none")
        .integers("USED", 0)
        .strings("LABELS", List.of())
        .strings("DESCRIPTIONS", List.of())
        .floats("GEN_SCALE", 1)
        .floats("SCALE", new float[0])
        .integers("OFFSET", new int[0])
        .strings("UNITS", List.of())
        .floats("RATE", 0);
    out.group("FORCE_PLATFORM", "none").integers("USED", 0);
    out.group("TRIAL", "the frames of the recording")
        .integers("ACTUAL_START_FIELD", words(first))
        .integers("ACTUAL_END_FIELD", words(first + track.span() - 1))
        .floats("CAMERA_RATE", rate);
    out.group("SUBJECTS", "the person")
        .integers("USED", 1)
        .strings("NAMES", List.of("person_" + track.number()));
    out.group("MANUFACTURER", "what wrote this").string("SOFTWARE", "rtm-java");
    return out.toByteArray();
  }

  /** A number of 32 bits as two of 16, the lower one first. */
  private static int[] words(int value) {
    return new int[] {value & 0xffff, value >>> 16};
  }
}
