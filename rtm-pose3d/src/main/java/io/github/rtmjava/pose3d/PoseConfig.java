package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.EngineOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an inferencer is opened with, as plain values: to be compared, kept, and sent to
 * other processes by Java's serialization.
 *
 * @param model reference of the pose model, see {@link PoseBuilder#model(String)}
 * @param detector reference of the detector; null for what goes with the model, {@value #NONE} for
 *     none
 * @param engine its name, or {@code auto}
 * @param engineOptions device, threads, precision
 * @param options which people are looked at, where a request brings no options of its own
 * @param flipTest whether crops are looked at in the mirror too
 * @param batches how callers share batches; null where each one's are computed at once
 * @param classes what the detector looks for, see {@link PoseBuilder#classes}; empty for what it
 *     looks for by itself
 */
public record PoseConfig(
    String model,
    @Nullable String detector,
    String engine,
    EngineOptions engineOptions,
    PoseOptions options,
    boolean flipTest,
    @Nullable BatchLimits batches,
    List<String> classes)
    implements Serializable {
  public PoseConfig {
    classes = List.copyOf(classes);
  }

  /** In the place of a detector: there is to be none. */
  public static final String NONE = "none";

  /** A model with what goes with it, and default options. */
  public static PoseConfig of(String model) {
    return new PoseConfig(
        model,
        null,
        "auto",
        EngineOptions.DEFAULT,
        PoseOptions.DEFAULT,
        /* flipTest= */ false,
        null,
        List.of());
  }

  /** The same with another pose model. */
  public PoseConfig withModel(String reference) {
    return new PoseConfig(
        reference, detector, engine, engineOptions, options, flipTest, batches, classes);
  }

  /** The same with another detector. */
  public PoseConfig withDetector(@Nullable String reference) {
    return new PoseConfig(
        model, reference, engine, engineOptions, options, flipTest, batches, classes);
  }

  /** The same on another engine. */
  public PoseConfig withEngine(String name, EngineOptions how) {
    return new PoseConfig(model, detector, name, how, options, flipTest, batches, classes);
  }

  /** The same with other options. */
  public PoseConfig withOptions(PoseOptions other) {
    return new PoseConfig(
        model, detector, engine, engineOptions, other, flipTest, batches, classes);
  }

  /** The same with a flip test, or without. */
  public PoseConfig withFlipTest(boolean flip) {
    return new PoseConfig(model, detector, engine, engineOptions, options, flip, batches, classes);
  }

  /** The same with batches that callers share, or not. */
  public PoseConfig withBatches(@Nullable BatchLimits limits) {
    return new PoseConfig(
        model, detector, engine, engineOptions, options, flipTest, limits, classes);
  }

  /** The same with a detector that looks for other classes. */
  public PoseConfig withClasses(List<String> namesOrNumbers) {
    return new PoseConfig(
        model, detector, engine, engineOptions, options, flipTest, batches, namesOrNumbers);
  }

  /** A builder with all of this. */
  public PoseInferencerBuilder builder() {
    PoseInferencerBuilder builder =
        PoseInferencer.builder()
            .model(model)
            .engine(engine)
            .device(engineOptions.device())
            .threads(engineOptions.threads())
            .precision(engineOptions.precision())
            .deterministic(engineOptions.deterministic())
            .options(options)
            .flipTest(flipTest)
            .sharedBatches(batches)
            .classes(classes.toArray(String[]::new));
    if (detector != null) {
      return detector.equals(NONE) ? builder.noDetector() : builder.detector(detector);
    }
    return builder;
  }

  /**
   * Opens and compiles the models.
   *
   * @throws IOException if a model is unknown or cannot be read
   * @throws io.github.rtmjava.engine.EngineException if the engine cannot run here
   * @throws IllegalArgumentException if a model is of another kind
   */
  public PoseInferencer open() throws IOException {
    return builder().build();
  }
}
