package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.ModelSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Chooses models, engine and options of an {@link RtmPose3D}. */
public final class RtmPose3DBuilder {
  /** The reference of the embedded models, both as detector and as pose model. */
  public static final String DEFAULT_MODEL = "default";

  /** The reference of the default person detector. */
  public static final String DEFAULT_DETECTOR = "default-detector";

  private Opening model = opening(DEFAULT_MODEL);
  private @Nullable Opening detector = opening(DEFAULT_DETECTOR);
  private @Nullable String modelSize;
  private ModelListener listener = ModelListener.NONE;
  private String engine = "auto";
  private String device = EngineOptions.DEFAULT.device();
  private int threads = EngineOptions.DEFAULT.threads();
  private Precision precision = EngineOptions.DEFAULT.precision();
  private boolean deterministic = EngineOptions.DEFAULT.deterministic();
  private @Nullable Float bboxThreshold;
  private int maxPersons = PoseOptions.DEFAULT.maxPersons();
  private boolean singlePerson;
  private @Nullable Camera camera;
  private Compat compat = Compat.NONE;

  RtmPose3DBuilder() {}

  /** The pose model: a name, an address, a bundle or a {@code .pth} file. */
  public RtmPose3DBuilder model(String reference) {
    model = opening(reference);
    return this;
  }

  /**
   * Which of the models that go by one name, as the Python package {@code rtmpose3d} asks for it:
   * {@code l} or {@code x} with the name {@code rbarac/rtmpose3d}. {@link #build} opens the
   * reference {@code NAME:SIZE}.
   */
  public RtmPose3DBuilder modelSize(String size) {
    modelSize = size;
    return this;
  }

  /** The pose model, opened already. */
  public RtmPose3DBuilder model(Model opened) {
    model = (size, events) -> withoutSize(opened, size);
    return this;
  }

  /** The person detector: a name, an address, a bundle or a {@code .pth} file. */
  public RtmPose3DBuilder detector(String reference) {
    detector = opening(reference);
    return this;
  }

  /** The person detector, opened already. */
  public RtmPose3DBuilder detector(Model opened) {
    detector = (size, events) -> opened;
    return this;
  }

  /** No detector: every call gives its own boxes. */
  public RtmPose3DBuilder noDetector() {
    detector = null;
    return this;
  }

  /** The engine by name, or {@code auto}. */
  public RtmPose3DBuilder engine(String name) {
    engine = name;
    return this;
  }

  /** The device: {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1}. */
  public RtmPose3DBuilder device(String device) {
    this.device = device;
    return this;
  }

  /** Processor threads of each model; 0 for the engine's choice. */
  public RtmPose3DBuilder threads(int threads) {
    this.threads = threads;
    return this;
  }

  /** Arithmetic; float32 unless set. */
  public RtmPose3DBuilder precision(Precision precision) {
    this.precision = precision;
    return this;
  }

  /**
   * Whether the engine takes its fixed choice of ways to compute, so that numbers are the same on
   * every machine of a kind, and not those that are fastest here.
   */
  public RtmPose3DBuilder deterministic(boolean deterministic) {
    this.deterministic = deterministic;
    return this;
  }

  /**
   * The score that a detector's box must exceed, 0 to 1; otherwise what the detector recommends.
   */
  public RtmPose3DBuilder bboxThreshold(float threshold) {
    this.bboxThreshold = threshold;
    return this;
  }

  /** At most so many people, those with the best scores. */
  public RtmPose3DBuilder maxPersons(int count) {
    this.maxPersons = count;
    return this;
  }

  /** Only the person with the largest product of box area and score. */
  public RtmPose3DBuilder singlePerson(boolean single) {
    this.singlePerson = single;
    return this;
  }

  /** The camera that took the pictures; otherwise {@link Camera#nominal}. */
  public RtmPose3DBuilder camera(Camera camera) {
    this.camera = camera;
    return this;
  }

  /** Whose conventions the 3D keypoints follow. */
  public RtmPose3DBuilder compat(Compat compat) {
    this.compat = compat;
    return this;
  }

  /** Hears remarks and how far downloads are while the models are opened. */
  public RtmPose3DBuilder listener(ModelListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Opens and compiles the models.
   *
   * @throws IOException if a model is unknown or cannot be read
   * @throws io.github.rtmjava.engine.EngineException if the engine cannot run here
   * @throws IllegalArgumentException if an option is out of range or a model is of another kind
   */
  public RtmPose3D build() throws IOException {
    PoseOptions options = new PoseOptions(bboxThreshold, maxPersons, singlePerson, camera, compat);
    EngineOptions engineOptions = new EngineOptions(device, threads, precision, deterministic);
    Engine chosen = Engines.choose(engine, device).engine();
    PersonDetector finder =
        detector == null
            ? null
            : PersonDetector.of(detector.open(null, listener), chosen, engineOptions);
    try {
      TopDownEstimator estimator =
          TopDownEstimator.of(requireDepth(model.open(modelSize, listener)), chosen, engineOptions);
      return new RtmPose3D(estimator, finder, options);
    } catch (IOException | RuntimeException e) {
      if (finder != null) {
        finder.close();
      }
      throw e;
    }
  }

  private static Model requireDepth(Model opened) {
    ModelSpec spec = opened.spec();
    if (!(spec.codec() instanceof Codec.Simcc codec) || codec.depth() == 0) {
      throw new IllegalArgumentException(
          "expected a 3D pose model, for example an RTMW3D, found '%s', which is a %s of task %s"
              .formatted(opened.name(), spec.architecture(), spec.task()));
    }
    return opened;
  }

  private static Opening opening(String reference) {
    return (size, events) ->
        ModelSources.open(size == null ? reference : reference + ":" + size, events);
  }

  private static Model withoutSize(Model opened, @Nullable String size) {
    if (size != null) {
      throw new IllegalArgumentException(
          "a model size goes with a model's name; this model is open already: leave modelSize out");
    }
    return opened;
  }

  /** A model to be opened when everything else is known. */
  private interface Opening {
    Model open(@Nullable String size, ModelListener events) throws IOException;
  }
}
