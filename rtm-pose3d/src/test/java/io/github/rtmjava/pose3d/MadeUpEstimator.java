package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.NativePictures;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds in each box a person who stands in its middle, spread over half of it; notes the sizes of
 * its batches. Fails on pictures that are {@link #BAD_WIDTH} wide.
 */
final class MadeUpEstimator implements PoseEstimator {
  static final int BAD_WIDTH = 13;

  /** How many pictures were in native memory when each batch began. */
  final List<Integer> uploaded = Collections.synchronizedList(new ArrayList<>());

  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  /** Results come when it is done. */
  CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  private final KeypointSet set = KeypointSet.of("coco", 17);

  @Override
  public String name() {
    return "made up";
  }

  @Override
  public BatchRunner network() {
    throw new UnsupportedOperationException("there is no network");
  }

  @Override
  public String description() {
    return "made up";
  }

  @Override
  public KeypointSet keypointSet() {
    return set;
  }

  @Override
  public boolean needsBoxes() {
    return true;
  }

  @Override
  public boolean depth() {
    return true;
  }

  @Override
  public Frame3d frame(@Nullable Camera camera) {
    return Frame3d.CAMERA;
  }

  @Override
  public void warmUp(int pictures) {}

  @Override
  public CompiledModel.Memory memory() {
    return new CompiledModel.Memory(0, 0);
  }

  @Override
  public CompletableFuture<List<PoseResult>> submit(List<View> views, Deadline deadline) {
    if (views.stream().anyMatch(view -> view.picture().width() == BAD_WIDTH)) {
      return CompletableFuture.failedFuture(new IllegalStateException("a bad picture"));
    }
    batches.add(views.size());
    uploaded.add(NativePictures.open());
    return gate.thenApply(open -> views.stream().map(this::result).toList());
  }

  private PoseResult result(View view) {
    return new PoseResult(
        view.picture().width(),
        view.picture().height(),
        name(),
        Frame3d.CAMERA,
        set,
        view.people().stream().map(this::pose).toList());
  }

  private PersonPose pose(Detection person) {
    Box box = person.box();
    float[][] keypoints = new float[set.size()][];
    float[] scores = new float[set.size()];
    for (int k = 0; k < keypoints.length; k++) {
      double turn = 2 * Math.PI * k / keypoints.length;
      keypoints[k] =
          new float[] {
            (float) ((box.x1() + box.x2()) / 2 + Math.cos(turn) * box.width() / 4),
            (float) ((box.y1() + box.y2()) / 2 + Math.sin(turn) * box.height() / 4)
          };
      scores[k] = 1;
    }
    return new PersonPose(box, person.score(), keypoints, new float[set.size()][3], scores);
  }

  @Override
  public void close() {}
}
