package io.github.rtmjava.pose3d.rtmo;

import io.github.rtmjava.architectures.rtmo.DccNetwork;
import io.github.rtmjava.architectures.rtmo.Rtmo;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Turns candidates into keypoints with RTMO's further network: the dynamic coordinate classifier.
 * May be used by several threads at once.
 */
public final class CoordinateClassifier implements AutoCloseable {
  /** Bounds the memory of a crowd. */
  private static final int MOST_AT_ONCE = 64;

  private final BatchRunner runner;
  private final int mostAtOnce;
  private final CoordinateBins xBins;
  private final CoordinateBins yBins;
  private final int keypoints;
  private final float padding;

  private CoordinateClassifier(BatchRunner runner, DccNetwork sizes, float padding) {
    this.runner = runner;
    this.mostAtOnce = Math.min(MOST_AT_ONCE, runner.mostImages());
    this.xBins = CoordinateBins.of(sizes.binsX(), sizes.encoding());
    this.yBins = CoordinateBins.of(sizes.binsY(), sizes.encoding());
    this.keypoints = sizes.keypoints();
    this.padding = padding;
  }

  /**
   * Makes a model's classifier ready.
   *
   * @throws IOException if the weights cannot be read
   */
  public static CoordinateClassifier of(Model model, Codec.Dcc codec, Runners runners)
      throws IOException {
    Network network = Objects.requireNonNull(model.networks().further().get(Rtmo.DCC), Rtmo.DCC);
    DccNetwork sizes = DccNetwork.of(model.spec());
    try (Closer opened = new Closer()) {
      BatchRunner runner = opened.add(runners.open(network, model));
      CoordinateClassifier made = new CoordinateClassifier(runner, sizes, codec.padding());
      opened.release();
      return made;
    }
  }

  /** What runs the network; it stays this one's to close. */
  public BatchRunner network() {
    return runner;
  }

  /** Native memory of the network, see {@link CompiledModel#memory()}. */
  public CompiledModel.Memory memory() {
    return runner.memory();
  }

  /** Makes ready for any number of people, see {@link BatchRunner#warmUp}. */
  public void warmUp() {
    runner.warmUp(mostAtOnce);
  }

  /**
   * Keypoints of people, who may be in several pictures.
   *
   * @return [K][2] for each candidate, x and y in pixels of the input
   */
  public List<float[][]> keypoints(List<PoseCandidate> candidates) {
    return Futures.get(submit(candidates, Deadline.NONE));
  }

  /**
   * The same on the threads of the runner.
   *
   * @param deadline until when the network has to have begun with each of them
   * @return fails as {@link BatchRunner#submit} does
   */
  public CompletableFuture<List<float[][]>> submit(
      List<PoseCandidate> candidates, Deadline deadline) {
    return Futures.inGroups(candidates, mostAtOnce, group -> submitGroup(group, deadline));
  }

  private CompletableFuture<List<float[][]>> submitGroup(
      List<PoseCandidate> candidates, Deadline deadline) {
    List<Person> people =
        candidates.stream().map(candidate -> Person.of(candidate, padding)).toList();
    return runner.submit(
        people.size(), deadline, inputs -> fill(people, inputs), outputs -> read(people, outputs));
  }

  /** A candidate with its enlarged box, all arithmetic in float32 as upstream's. */
  private record Person(
      PoseCandidate candidate, float centerX, float centerY, float width, float height) {
    static Person of(PoseCandidate candidate, float padding) {
      Box box = candidate.box();
      return new Person(
          candidate,
          (box.x1() + box.x2()) * 0.5f,
          (box.y1() + box.y2()) * 0.5f,
          box.width() * padding,
          box.height() * padding);
    }
  }

  private void fill(List<Person> people, Map<String, Tensor> inputs) {
    FloatBuffer poses = floats(inputs, "pose");
    FloatBuffer xEnc = floats(inputs, "x_enc");
    FloatBuffer yEnc = floats(inputs, "y_enc");
    float[] x = new float[xBins.count() * xBins.encoding().features()];
    float[] y = new float[yBins.count() * yBins.encoding().features()];
    for (Person person : people) {
      PoseCandidate candidate = person.candidate;
      poses.put(candidate.vector());
      xBins.encode(person.centerX, person.width, candidate.cellX(), x);
      yBins.encode(person.centerY, person.height, candidate.cellY(), y);
      xEnc.put(x);
      yEnc.put(y);
    }
  }

  private List<float[][]> read(List<Person> people, Map<String, Tensor> outputs) {
    FloatBuffer x = floats(outputs, "x_hms");
    FloatBuffer y = floats(outputs, "y_hms");
    List<float[][]> all = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      Person person = people.get(i);
      float[][] found = new float[keypoints][];
      for (int k = 0; k < keypoints; k++) {
        x.position((i * keypoints + k) * xBins.count());
        y.position((i * keypoints + k) * yBins.count());
        found[k] =
            new float[] {
              xBins.expectation(x, person.centerX, person.width),
              yBins.expectation(y, person.centerY, person.height)
            };
      }
      all.add(found);
    }
    return all;
  }

  private static FloatBuffer floats(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).floats();
  }

  @Override
  public void close() {
    runner.close();
  }
}
