package io.github.rtmjava.detector;

import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Finds people in pictures with an RTMDet or a YOLOX: one of people only, or one of many classes,
 * of which it reports the people, or those that it is told. With one of hands it finds hands. May
 * be used by several threads at once.
 */
public final class PersonDetector implements AutoCloseable {
  /** Bounds the memory of many pictures. */
  private static final int MOST_AT_ONCE = 16;

  private final BatchRunner runner;
  private final int mostAtOnce;
  private final InputSpec input;
  private final ImageNormalizer normalizer;
  private final BoxDecoder decoder;
  private final float recommendedThreshold;
  private final Set<Integer> classes;

  private PersonDetector(
      BatchRunner runner, Model model, Codec.Detector codec, Set<Integer> classes) {
    this.runner = runner;
    this.mostAtOnce = Math.min(MOST_AT_ONCE, runner.mostImages());
    this.input = model.spec().input();
    this.normalizer = new ImageNormalizer(input);
    this.decoder = BoxDecoder.of(codec);
    this.recommendedThreshold = codec.recommendedThreshold();
    this.classes = Set.copyOf(classes);
  }

  /**
   * Makes a detector of people ready, or of its only class.
   *
   * @throws IllegalArgumentException if the model is no detector, or one of several classes without
   *     people
   * @throws IOException if its weights cannot be read
   */
  public static PersonDetector of(Model model, Engine engine, EngineOptions options)
      throws IOException {
    return of(model, engine, options, List.of());
  }

  /**
   * Makes a detector of some classes ready.
   *
   * @param classes their names, in any case, or their numbers from 0 on; none for people, or for
   *     the only class
   * @throws IllegalArgumentException if the model is no detector, or has no such class
   * @throws IOException if its weights cannot be read
   */
  public static PersonDetector of(
      Model model, Engine engine, EngineOptions options, List<String> classes) throws IOException {
    return of(model, Runners.immediate(engine, options), classes);
  }

  /**
   * Makes a detector ready whose batches are run as {@code runners} say.
   *
   * @param classes as above
   * @throws IllegalArgumentException if the model is no detector, or has no such class
   * @throws IOException if its weights cannot be read
   */
  public static PersonDetector of(Model model, Runners runners, List<String> classes)
      throws IOException {
    if (!(model.spec().codec() instanceof Codec.Detector codec)) {
      throw new IllegalArgumentException(
          "expected a detector, for example an RTMDet, found '%s', which is a %s of task %s"
              .formatted(model.name(), model.spec().architecture(), model.spec().task()));
    }
    Set<Integer> looked = ClassChoice.of(model.spec().labels(), classes);
    try (Closer opened = new Closer()) {
      PersonDetector made =
          new PersonDetector(opened.add(runners.open(model)), model, codec, looked);
      opened.release();
      return made;
    }
  }

  /** The score above which the model's makers hold a box for a person; 0 to 1. */
  public float recommendedThreshold() {
    return recommendedThreshold;
  }

  /** What runs the bare network; it stays this detector's to close. */
  public BatchRunner network() {
    return runner;
  }

  /** What runs the network, for people. */
  public String description() {
    return runner.description();
  }

  /** Native memory of the network, see {@link CompiledModel#memory()}. */
  public CompiledModel.Memory memory() {
    return runner.memory();
  }

  /** Makes ready for so many pictures at a time, see {@link BatchRunner#warmUp}. */
  public void warmUp(int pictures) {
    runner.warmUp(Math.min(pictures, mostAtOnce));
  }

  /**
   * Finds people.
   *
   * @return boxes in pixels of the picture with scores from the model's own low threshold on, best
   *     first, after non-maximum suppression. Boxes may reach beyond the picture's borders, as
   *     upstream's do: RTMDet's beyond the right and the lower one
   */
  public List<Detection> detect(Image image) {
    return detect(List.of(image)).get(0);
  }

  /**
   * Finds people in any number of pictures; up to {@value #MOST_AT_ONCE} go through the network
   * together.
   *
   * @return what {@link #detect(Image)} gives, for each picture in its order
   */
  public List<List<Detection>> detect(List<Image> images) {
    return Futures.get(submit(images, Deadline.NONE));
  }

  /**
   * Looks for people in pictures, on the threads of the runner.
   *
   * @param deadline until when the network has to have begun with each of them
   * @return what {@link #detect(List)} gives; fails as {@link BatchRunner#submit} does. Who cancels
   *     it takes back what waits
   */
  public CompletableFuture<List<List<Detection>>> submit(List<Image> images, Deadline deadline) {
    return NativePicture.lend(images, pictures -> find(pictures, deadline));
  }

  /**
   * The same for pictures that the caller keeps open until the future is done.
   *
   * @see #submit
   */
  public CompletableFuture<List<List<Detection>>> find(
      List<NativePicture> pictures, Deadline deadline) {
    return Futures.inGroups(pictures, mostAtOnce, group -> submitGroup(group, deadline));
  }

  private CompletableFuture<List<List<Detection>>> submitGroup(
      List<NativePicture> pictures, Deadline deadline) {
    List<Letterbox> letterboxes =
        pictures.stream()
            .map(i -> Letterbox.of(i.width(), i.height(), input.width(), input.height()))
            .toList();
    return runner.submit(
        pictures.size(),
        deadline,
        inputs -> {
          Tensor batch = InputCheck.only(inputs);
          for (int i = 0; i < pictures.size(); i++) {
            letterboxes.get(i).pack(pictures.get(i), normalizer, batch, i);
          }
        },
        outputs ->
            IntStream.range(0, pictures.size())
                .mapToObj(i -> people(decoder.decode(outputs, i, letterboxes.get(i))))
                .toList());
  }

  private List<Detection> people(List<Detection> detections) {
    return detections.stream().filter(d -> classes.contains(d.label())).toList();
  }

  @Override
  public void close() {
    runner.close();
  }
}
