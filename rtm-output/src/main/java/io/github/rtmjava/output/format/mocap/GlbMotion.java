package io.github.rtmjava.output.format.mocap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.Tracks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The animation of one person: rotations of all bones and the place of the root at the times of the
 * frames in which the person is, and a scale of the root that is 0 while nobody is there.
 */
final class GlbMotion {
  private static final int BLOCK = 1024;

  private final Tracks tracks;
  private final Track track;
  private final GlbBinary binary;
  private final ArrayNode samplers;
  private final ArrayNode channels;
  private final int firstNode;

  GlbMotion(Tracks tracks, Track track, GlbBinary binary, ObjectNode animation, int firstNode) {
    this.tracks = tracks;
    this.track = track;
    this.binary = binary;
    this.samplers = animation.withArray("samplers");
    this.channels = animation.withArray("channels");
    this.firstNode = firstNode;
  }

  void write(Rig rig, Proportions proportions) throws IOException {
    int bones = rig.bones().size();
    int count = keys();
    int times = binary.reserve("SCALAR", count);
    int places = binary.reserve("VEC3", count);
    int[] rotations = new int[bones];
    for (int b = 0; b < bones; b++) {
      rotations[b] = binary.reserve("VEC4", count);
    }
    float[] time = new float[BLOCK];
    float[] place = new float[3 * BLOCK];
    float[][] rotation = new float[bones][4 * BLOCK];
    RigFit fit = new RigFit(rig, proportions.start());
    int done = 0;
    int n = 0;
    for (int i = 0; i < track.size(); i++) {
      fit.next(Upright.points(tracks.person(track, i), tracks.recording().frame()));
      if (!isKey(i)) {
        continue;
      }
      time[n] = seconds(track.frame(i));
      put(fit, n, place, rotation);
      n++;
      if (n == BLOCK || done + n == count) {
        binary.put(times, done, Arrays.copyOf(time, n));
        binary.put(places, 3L * done, Arrays.copyOf(place, 3 * n));
        for (int b = 0; b < bones; b++) {
          binary.put(rotations[b], 4L * done, Arrays.copyOf(rotation[b], 4 * n));
        }
        done += n;
        n = 0;
      }
    }
    binary.bounds(
        times, new float[] {seconds(track.first())}, new float[] {seconds(track.frame(lastKey()))});
    channel(firstNode, "translation", times, places, "LINEAR");
    for (int b = 0; b < bones; b++) {
      channel(firstNode + b, "rotation", times, rotations[b], "LINEAR");
    }
    presence();
  }

  private static void put(RigFit fit, int n, float[] place, float[][] rotation) {
    for (int axis = 0; axis < 3; axis++) {
      place[3 * n + axis] = (float) fit.position()[axis];
    }
    for (int b = 0; b < rotation.length; b++) {
      Rotation r = fit.local(b);
      rotation[b][4 * n] = (float) r.x();
      rotation[b][4 * n + 1] = (float) r.y();
      rotation[b][4 * n + 2] = (float) r.z();
      rotation[b][4 * n + 3] = (float) r.w();
    }
  }

  /** Keys where somebody comes or goes. */
  private void presence() throws IOException {
    List<Float> times = new ArrayList<>();
    List<Float> scales = new ArrayList<>();
    int next = 0;
    boolean before = false;
    for (int frame = 0; frame < tracks.frames(); frame++) {
      boolean there = next < track.size() && track.frame(next) == frame;
      next += there ? 1 : 0;
      float time = seconds(frame);
      if ((frame == 0 || there != before) && (frame == 0 || time > times.get(times.size() - 1))) {
        times.add(time);
        scales.add(there ? 1f : 0f);
        before = there;
      }
    }
    float[] at = new float[times.size()];
    float[] values = new float[3 * at.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = times.get(i);
      Arrays.fill(values, 3 * i, 3 * i + 3, scales.get(i));
    }
    int input = binary.floats("SCALAR", at);
    binary.bounds(input, new float[] {at[0]}, new float[] {at[at.length - 1]});
    channel(firstNode, "scale", input, binary.floats("VEC3", values), "STEP");
  }

  private void channel(int node, String path, int input, int output, String interpolation) {
    ObjectNode channel = channels.addObject().put("sampler", samplers.size());
    channel.putObject("target").put("node", node).put("path", path);
    samplers
        .addObject()
        .put("input", input)
        .put("interpolation", interpolation)
        .put("output", output);
  }

  /** Seconds of a frame; from 0 on, as glTF asks. */
  private float seconds(int frame) {
    return (float) (tracks.time(frame) - Math.min(0, tracks.time(0)));
  }

  /** Whether a frame's time as a float is later than that of the frame before. */
  private boolean isKey(int i) {
    return i == 0 || seconds(track.frame(i)) > seconds(track.frame(i - 1));
  }

  private int keys() {
    int count = 0;
    for (int i = 0; i < track.size(); i++) {
      count += isKey(i) ? 1 : 0;
    }
    return count;
  }

  private int lastKey() {
    int i = track.size() - 1;
    while (!isKey(i)) {
      i--;
    }
    return i;
  }
}
