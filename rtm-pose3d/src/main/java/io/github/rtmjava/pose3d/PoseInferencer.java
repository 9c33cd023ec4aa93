package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.web.Redirects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Poses from pictures with any pose model: two- or three-dimensional, of bodies, hands or faces,
 * top-down with a detector or in one stage.
 *
 * <pre>{@code
 * try (PoseInferencer inferencer = PoseInferencer.of("wholebody");
 *     Stream<Inference> all = inferencer.infer("holiday/")) {
 *   all.forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>May be used by several threads at once. Owns native memory: close it.
 */
public final class PoseInferencer implements AutoCloseable {
  private final PosePipeline pipeline;
  private final int batchSize;
  private final Redirects redirects;

  /** Whether the models are this one's to close. */
  private final boolean owner;

  PoseInferencer(PosePipeline pipeline, int batchSize, Redirects redirects) {
    this(pipeline, batchSize, redirects, /* owner= */ true);
  }

  private PoseInferencer(PosePipeline pipeline, int batchSize, Redirects redirects, boolean owner) {
    this.pipeline = pipeline;
    this.batchSize = batchSize;
    this.redirects = redirects;
    this.owner = owner;
  }

  /**
   * A pose model with the detector that goes with it, and default options.
   *
   * @param reference a name that users know ({@code human}, {@code wholebody}), optionally with
   *     rtmlib's mode ({@code wholebody:performance}), the name of an official model, an address, a
   *     bundle or a {@code .pth} file; {@code default} for the embedded models
   * @throws IOException if there is no such model or it cannot be read
   */
  public static PoseInferencer of(String reference) throws IOException {
    return builder().model(reference).build();
  }

  /** Everything that can be chosen. */
  public static PoseInferencerBuilder builder() {
    return new PoseInferencerBuilder();
  }

  /**
   * Makes the models ready for many pictures and people at a time. The first time that a processor
   * meets a model this takes some seconds, in which the fastest ways to compute are measured; later
   * next to nothing. Without it results are as good, and may take longer. To be called before
   * anything else is computed in this process: nothing is measured beside other work.
   */
  public void warmUp() {
    pipeline.warmUp(batchSize);
  }

  /**
   * Finds the people in a picture and their keypoints. A model that needs boxes and was built
   * without a detector takes the whole picture as one.
   *
   * @return nobody, if a detector found nobody
   */
  public PoseResult predict(Image image) {
    return predict(List.of(image)).get(0);
  }

  /** The same for several pictures, which go through the networks together. */
  public List<PoseResult> predict(List<Image> images) {
    return Futures.get(submit(pipeline, images, null, Deadline.NONE));
  }

  /**
   * Takes a picture with options of its own; nothing is compiled again. With {@link
   * PoseInferencerBuilder#sharedBatches} it returns at once, and pictures of many callers go
   * through the networks together; otherwise it computes at once, and the future is done.
   *
   * @return what {@link #predict} gives. Fails with a {@link
   *     java.util.concurrent.RejectedExecutionException} if too many pictures or people wait
   *     already, and as {@link io.github.rtmjava.engine.BatchRunner#submit} does. Who cancels it
   *     takes back what waits. What depends on it may run on the threads that compute, and is to be
   *     short
   * @throws IllegalArgumentException if a box is empty or not finite, the model takes none, or has
   *     not what the options ask for
   */
  public CompletableFuture<PoseResult> submit(PoseRequest request) {
    return submit(request, Deadline.NONE);
  }

  /**
   * The same with a deadline.
   *
   * @param deadline until when the networks have to have begun with the picture and everybody in
   *     it; otherwise the future fails with a {@link java.util.concurrent.TimeoutException}
   */
  public CompletableFuture<PoseResult> submit(PoseRequest request, Deadline deadline) {
    List<Box> boxes = request.boxes();
    return Futures.map(
        submit(
            pipeline.with(request.options()),
            List.of(request.image()),
            boxes == null ? null : List.of(boxes),
            deadline),
        results -> results.get(0));
  }

  private static CompletableFuture<List<PoseResult>> submit(
      PosePipeline pipeline,
      List<Image> images,
      @Nullable List<List<Box>> boxes,
      Deadline deadline) {
    if (boxes != null) {
      return pipeline.submitBoxes(images, boxes, deadline);
    }
    return pipeline.findsPeople()
        ? pipeline.submit(images, deadline)
        : pipeline.submitBoxes(
            images, images.stream().map(PoseInferencer::whole).toList(), deadline);
  }

  /**
   * Finds the keypoints of the people in the given boxes.
   *
   * @param boxes in pixels of the picture; may reach beyond its border
   * @throws IllegalArgumentException if a box is empty or not finite, or the model takes none
   */
  public PoseResult predict(Image image, List<Box> boxes) {
    return Futures.get(submit(new PoseRequest(image, boxes, options())));
  }

  /**
   * The same models with other options; nothing is compiled again. The models stay this one's:
   * closing what is returned closes nothing.
   *
   * @throws IllegalArgumentException if the model has not what the options ask for
   */
  public PoseInferencer withOptions(PoseOptions options) {
    return new PoseInferencer(pipeline.with(options), batchSize, redirects, /* owner= */ false);
  }

  /**
   * The same models with other groups of pictures that go through the networks together; nothing is
   * compiled again. The models stay this one's: closing what is returned closes nothing.
   *
   * @param pictures at most, from 1 on
   */
  public PoseInferencer withBatchSize(int pictures) {
    if (pictures < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + pictures);
    }
    return new PoseInferencer(pipeline, pictures, redirects, /* owner= */ false);
  }

  /**
   * How many frames of a video go through the networks together, from the first one on: frames that
   * do give the same numbers, bit by bit, wherever else the video begins.
   *
   * @param batchSize the most of them
   */
  public static int framesTogether(int batchSize, int width, int height) {
    return Groups.size(batchSize, (long) width * height);
  }

  /** The options that it was built with: those of all that brings none of its own. */
  public PoseOptions options() {
    return pipeline.options();
  }

  /**
   * Goes through pictures in their order: files, folders, patterns as {@code photos/*.jpg},
   * addresses of the web.
   *
   * @return one result per picture, made as they are asked for, a few ahead; close it if it is not
   *     read to its end
   * @throws FileNotFoundException if a name leads to no picture
   */
  public Stream<Inference> infer(String... names) throws FileNotFoundException {
    PictureSearch search = PictureSearch.of(List.of(names), redirects);
    if (!search.problems().isEmpty()) {
      throw new FileNotFoundException(String.join("; ", search.problems()));
    }
    return infer(search.pictures().stream());
  }

  /**
   * Goes through pictures in their order. A picture that cannot be read gives an {@link
   * Inference.Failed} in its place.
   *
   * @param pictures may be without end: they are taken as results are asked for, a few ahead
   * @return as {@link #infer(String...)}
   */
  public Stream<Inference> infer(Stream<Picture> pictures) {
    return flow(pictures, this::predict);
  }

  /**
   * The same with boxes that the caller knows.
   *
   * @param boxes of the people in a picture
   */
  public Stream<Inference> infer(Stream<Picture> pictures, Function<Image, List<Box>> boxes) {
    return flow(
        pictures,
        images ->
            Futures.get(
                pipeline.submitBoxes(images, images.stream().map(boxes).toList(), Deadline.NONE)));
  }

  /**
   * Follows people through the frames of a video, in their order.
   *
   * @param frames may be without end: they are taken on a thread of their own, a few groups ahead
   * @return one result per frame, but for those that a live source dropped; close it if it is not
   *     read to its end. A frame whose poses could not be looked for has a {@link
   *     Followed#problem()}; what the source throws ends the stream after the frames before it
   */
  public Stream<Followed> follow(Stream<VideoFrame> frames, FollowOptions options) {
    return follow(frames, options, null);
  }

  /**
   * The same with boxes that the caller knows.
   *
   * @param boxes of the people in a frame; null where people are to be found
   */
  public Stream<Followed> follow(
      Stream<VideoFrame> frames,
      FollowOptions options,
      @Nullable Function<Image, List<Box>> boxes) {
    Following following = new Following(pipeline, options, boxes);
    return FrameFlow.of(frames.iterator(), following, options.live(), batchSize);
  }

  /** Follows people through frames that the caller has at hand, one by one. */
  public PoseFollower follower(FollowOptions options) {
    return new PoseFollower(new Following(pipeline, options, null));
  }

  /**
   * The same with options of its own.
   *
   * @throws IllegalArgumentException if the model has not what the options ask for
   */
  public PoseFollower follower(FollowOptions options, PoseOptions people) {
    return new PoseFollower(new Following(pipeline.with(people), options, null));
  }

  private Stream<Inference> flow(
      Stream<Picture> pictures, Function<List<Image>, List<PoseResult>> find) {
    return PictureFlow.of(pictures, find, batchSize);
  }

  /**
   * What the results of a source have in common, which writers of files want to know.
   *
   * @param source name of a video or picture
   * @param width of its frames in pixels
   * @param height of its frames in pixels
   * @param frameRate frames in a second; 0 for a single picture
   * @param frames how many there are; 0 where nobody knows
   */
  public Recording recording(String source, int width, int height, double frameRate, long frames) {
    return pipeline.recording(source, width, height, frameRate, frames);
  }

  /**
   * What the results of all sources have in common, before the first of them is opened: a recording
   * of the calibrated camera's size, or where there is none of a size that means nothing.
   */
  public Recording typicalRecording() {
    return pipeline.typicalRecording();
  }

  /** Names and links of the keypoints. */
  public KeypointSet keypointSet() {
    return pipeline.estimator().keypointSet();
  }

  /** Name of the pose model. */
  public String modelName() {
    return pipeline.estimator().name();
  }

  /** Whether people are found, by a detector or by the model itself; otherwise boxes are needed. */
  public boolean findsPeople() {
    return pipeline.findsPeople();
  }

  /** Whether it can be given boxes; otherwise it finds people in one stage by itself. */
  public boolean takesBoxes() {
    return pipeline.estimator().needsBoxes();
  }

  /** Native memory of all networks; zeros where the engine does not tell. */
  public CompiledModel.Memory memory() {
    return pipeline.memory();
  }

  /**
   * What runs the bare network of the pose model that reads pictures, for those who have tensors of
   * their own. It stays this inferencer's: it is not to be closed.
   */
  public BatchRunner poseNetwork() {
    return pipeline.estimator().network();
  }

  /**
   * The same of the networks that go on from what that one found, by name: RTMO has {@code dcc},
   * for most models it is empty.
   */
  public Map<String, BatchRunner> furtherNetworks() {
    return pipeline.estimator().furtherNetworks();
  }

  /** The same of the detector; empty where there is none. */
  public Optional<BatchRunner> detectorNetwork() {
    return Optional.ofNullable(pipeline.detector()).map(PersonDetector::network);
  }

  /** What runs the pose model, for people: engine, device, precision, threads. */
  public String description() {
    return pipeline.estimator().description();
  }

  static List<Box> whole(Image image) {
    return List.of(new Box(0, 0, image.width(), image.height()));
  }

  @Override
  public void close() {
    if (owner) {
      pipeline.close();
    }
  }
}
