package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.motion.calibration.Calibration;
import io.github.rtmjava.pose.Subject;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses models, engine and options.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PoseBuilder<B extends PoseBuilder<B>>
    permits PoseInferencerBuilder, RtmPose3DBuilder {
  /** The reference of the embedded pose model. */
  public static final String DEFAULT_MODEL = "default";

  /** The reference of the embedded person detector. */
  public static final String DEFAULT_DETECTOR = "default-detector";

  /** The name that users know of the model of hands, and so of its detector. */
  private static final String HAND = "hand";

  private ModelChoice model = new ModelChoice.Named(DEFAULT_MODEL);
  private @Nullable ModelChoice detector;
  private boolean withoutDetector;
  private List<String> classes = List.of();
  private @Nullable String variant;
  private ModelListener listener = ModelListener.NONE;
  private Redirects redirects = Redirects.PUBLIC;
  private String engine = "auto";
  private String device = EngineOptions.DEFAULT.device();
  private int threads = EngineOptions.DEFAULT.threads();
  private Precision precision = EngineOptions.DEFAULT.precision();
  private boolean deterministic = EngineOptions.DEFAULT.deterministic();
  private @Nullable Float bboxThreshold;
  private @Nullable Float nmsIou;
  private int maxPersons = PoseOptions.DEFAULT.maxPersons();
  private boolean singlePerson;
  private @Nullable Camera camera;
  private @Nullable Calibration calibration;
  private Compat compat = Compat.NONE;
  private @Nullable BatchLimits batches;

  PoseBuilder() {}

  abstract B self();

  /**
   * The pose model: a name that users know ({@code human}, {@code wholebody}), the name of an
   * official model, an address, a bundle or a {@code .pth} file.
   */
  public B model(String reference) {
    model = new ModelChoice.Named(reference);
    return self();
  }

  /** The pose model, opened already. */
  public B model(Model opened) {
    model = new ModelChoice.Opened(opened);
    return self();
  }

  /** The detector: a name, an address, a bundle or a {@code .pth} file. */
  public B detector(String reference) {
    detector = new ModelChoice.Named(reference);
    withoutDetector = false;
    return self();
  }

  /** The detector, opened already. */
  public B detector(Model opened) {
    detector = new ModelChoice.Opened(opened);
    withoutDetector = false;
    return self();
  }

  /** No detector. */
  public B noDetector() {
    detector = null;
    withoutDetector = true;
    return self();
  }

  /**
   * What the detector looks for: names of its classes, in any case, or their numbers from 0 on.
   * Otherwise people, or the only class that it has.
   */
  public B classes(String... namesOrNumbers) {
    classes = List.of(namesOrNumbers);
    return self();
  }

  /** The engine by name, or {@code auto}. */
  public B engine(String name) {
    engine = name;
    return self();
  }

  /** The device: {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1}. */
  public B device(String device) {
    this.device = device;
    return self();
  }

  /** Processor threads of each model; 0 for the engine's choice. */
  public B threads(int threads) {
    this.threads = threads;
    return self();
  }

  /** Arithmetic; float32 unless set. */
  public B precision(Precision precision) {
    this.precision = precision;
    return self();
  }

  /**
   * Whether the engine takes its fixed choice of ways to compute, so that numbers are the same on
   * every machine of a kind, and not those that are fastest here.
   */
  public B deterministic(boolean deterministic) {
    this.deterministic = deterministic;
    return self();
  }

  /**
   * The score that a detector's box must exceed, 0 to 1; otherwise what the model or its detector
   * recommends.
   */
  public B bboxThreshold(float threshold) {
    this.bboxThreshold = threshold;
    return self();
  }

  /**
   * The IoU above which a box is left out beside a better one, 0 to 1, in a second suppression
   * after the detector's own; 1 for none. Otherwise what goes with the model's name, if anything.
   */
  public B nmsIou(float iou) {
    this.nmsIou = iou;
    return self();
  }

  /** At most so many people, those with the best scores. */
  public B maxPersons(int count) {
    this.maxPersons = count;
    return self();
  }

  /** Only the person with the largest product of box area and score. */
  public B singlePerson(boolean single) {
    this.singlePerson = single;
    return self();
  }

  /**
   * The camera that took the pictures, with the depth at which the root stands. Otherwise {@link
   * Camera#nominal} for people. For hands none, likewise with the nominal root depth: their 3D
   * keypoints are then in {@link io.github.rtmjava.geometry.Frame3d#UVD}.
   */
  public B camera(Camera camera) {
    this.camera = camera;
    return self();
  }

  /**
   * The calibration of the camera that took the pictures, in place of {@link #camera}; people stand
   * at the nominal depth. Where its lens bends lines, 3D keypoints are made of straightened ones.
   */
  public B calibration(Calibration calibration) {
    this.calibration = calibration;
    return self();
  }

  /** Whose conventions the 3D keypoints follow. */
  public B compat(Compat compat) {
    this.compat = compat;
    return self();
  }

  /** All of {@link #bboxThreshold} to {@link #compat} at once. */
  public B options(PoseOptions options) {
    bboxThreshold = options.bboxThreshold();
    nmsIou = options.nmsIou();
    maxPersons = options.maxPersons();
    singlePerson = options.singlePerson();
    camera = options.camera();
    calibration = options.calibration();
    compat = options.compat();
    return self();
  }

  /**
   * Puts pictures, and people, of all callers into common batches, on threads of their own for each
   * network; for programs that serve many at a time. Otherwise each caller's are computed at once,
   * on its own thread.
   *
   * @param limits null for that
   */
  public B sharedBatches(@Nullable BatchLimits limits) {
    batches = limits;
    return self();
  }

  /** Hears remarks and how far downloads are while the models are opened. */
  public B listener(ModelListener listener) {
    this.listener = listener;
    return self();
  }

  /**
   * Which redirects models' and pictures' addresses may answer with; to public hosts unless set.
   */
  public B redirects(Redirects followed) {
    this.redirects = followed;
    return self();
  }

  Redirects redirects() {
    return redirects;
  }

  /** Which of the models that go by one name. */
  void setVariant(String variant) {
    this.variant = variant;
  }

  /**
   * Opens and compiles the models.
   *
   * @param depth whether the pose model must be one of three dimensions
   * @param flipTest whether crops are looked at in the mirror too
   */
  PosePipeline pipeline(boolean depth, boolean flipTest) throws IOException {
    EngineOptions engineOptions = new EngineOptions(device, threads, precision, deterministic);
    Recipe recipe = model.recipe(variant);
    PoseOptions options =
        new PoseOptions(
            bboxThreshold, nmsIou, maxPersons, singlePerson, camera, calibration, compat);
    Runners runners = new Runners(Engines.choose(engine, device).engine(), engineOptions, batches);
    requireReachable(recipe);
    Model pose = model.open(variant, listener, redirects);
    if (depth || compat != Compat.NONE) {
      PoseEstimators.requireDepth(pose);
    }
    ModelChoice finding = detector(recipe, pose);
    try (Closer opened = new Closer()) {
      PersonDetector finder =
          finding == null
              ? null
              : opened.add(
                  PersonDetector.of(finding.open(null, listener, redirects), runners, classes));
      PoseEstimator estimator = opened.add(PoseEstimators.of(pose, runners, flipTest));
      PosePipeline made = new PosePipeline(estimator, finder, options, recipe);
      opened.release();
      return made;
    }
  }

  /** Says in one message all that is missing, before anything is opened. */
  private void requireReachable(@Nullable Recipe recipe) throws IOException {
    List<String> needed = new ArrayList<>();
    model.reference(variant).ifPresent(needed::add);
    if (!withoutDetector && detector != null) {
      detector.reference(null).ifPresent(needed::add);
    } else if (!withoutDetector && recipe != null && recipe.detector() != null) {
      needed.add(recipe.detector());
    }
    ModelSources.requireReachable(needed);
  }

  private @Nullable ModelChoice detector(@Nullable Recipe recipe, Model pose) {
    if (withoutDetector || !PoseEstimators.needBoxes(pose)) {
      return null;
    }
    if (detector != null) {
      return detector;
    }
    if (recipe != null) {
      return recipe.detector() == null ? null : new ModelChoice.Named(recipe.detector());
    }
    Subject subject = Subject.of(pose.spec().keypointSet());
    if (subject == Subject.PEOPLE) {
      listener.notice("no detector was named: people are found with the embedded one");
      return new ModelChoice.Named(DEFAULT_DETECTOR);
    }
    String ofHands = ModelSources.recipe(HAND).map(Recipe::detector).orElse(null);
    if (subject == Subject.HANDS && ofHands != null) {
      listener.notice(
          "no detector was named: hands are found with %s; 'none' takes the whole picture"
              .formatted(ofHands));
      return new ModelChoice.Named(ofHands);
    }
    listener.notice(
        "no detector was named and none is known for its keypoints (%s): the whole picture is taken"
                .formatted(pose.spec().keypointSet().name())
            + " as one box");
    return null;
  }
}
