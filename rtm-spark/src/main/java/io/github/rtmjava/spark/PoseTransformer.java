package io.github.rtmjava.spark;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.FloatParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * {@link Poses} as a stage of a pipeline, which is saved and loaded with it. What is not set is as
 * in {@link PoseConfig#of}.
 */
public final class PoseTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> model;
  private final Param<String> detector;
  private final Param<String> inputCol;
  private final BooleanParam paths;
  private final Param<String> frame;
  private final Param<String> engine;
  private final IntParam threads;
  private final BooleanParam deterministic;
  private final BooleanParam flipTest;
  private final FloatParam bboxThreshold;
  private final IntParam maxPersons;
  private final IntParam batchSize;

  /** The embedded models, the column {@code content}. */
  public PoseTransformer() {
    this(Identifiable.randomUID("poses"));
  }

  /** The same with an identity of its own, as Spark makes it when it loads one. */
  public PoseTransformer(String uid) {
    this.uid = uid; // before the parameters, which ask for it
    model = TextParam.of(this, "model", "a name, an address, a bundle or a checkpoint");
    setDefault(model, "default");
    detector =
        TextParam.of(
            this, "detector", "likewise, or none; empty for the one that goes with the model");
    setDefault(detector, "");
    inputCol = TextParam.of(this, "inputCol", "the column of pictures");
    setDefault(inputCol, "content");
    paths = new BooleanParam(this, "paths", "whether the column holds paths, not bytes");
    setDefault(paths, false);
    frame =
        TextParam.of(
            this, "frame", "of the 3D keypoints, such as camera or z_up; empty for the model's");
    setDefault(frame, "");
    engine = TextParam.of(this, "engine", "what runs the networks");
    setDefault(engine, "auto");
    threads = new IntParam(this, "threads", "of each task; 0 for as many as it has processors");
    setDefault(threads, 0);
    deterministic =
        new BooleanParam(this, "deterministic", "the same numbers on every machine of a kind");
    setDefault(deterministic, false);
    flipTest = new BooleanParam(this, "flipTest", "whether crops are looked at in the mirror too");
    setDefault(flipTest, false);
    bboxThreshold =
        new FloatParam(
            this, "bboxThreshold", "the score that a box must exceed; below 0 for the detector's");
    setDefault(bboxThreshold, -1f);
    maxPersons = new IntParam(this, "maxPersons", "at most so many people");
    setDefault(maxPersons, Integer.MAX_VALUE);
    batchSize = new IntParam(this, "batchSize", "pictures that go through the networks together");
    setDefault(batchSize, PictureSettings.BATCH);
  }

  /** Loads one that was saved. */
  public static PoseTransformer load(String path) {
    return read().load(path);
  }

  /** As Spark wants to be given it, to load one that was saved. */
  public static MLReader<PoseTransformer> read() {
    return new DefaultParamsReadable<PoseTransformer>() {}.read();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PoseTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as {@link Poses#transform(StructType)} does, or if a parameter
   *     is out of range
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return poses().transform(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> pictures) {
    return poses().transform(pictures);
  }

  private Poses poses() {
    String detected = getOrDefault(detector);
    float threshold = (float) getOrDefault((Param<?>) bboxThreshold);
    EngineOptions how =
        new EngineOptions(
            EngineOptions.DEFAULT.device(),
            (int) getOrDefault((Param<?>) threads),
            EngineOptions.DEFAULT.precision(),
            (boolean) getOrDefault((Param<?>) deterministic));
    PoseConfig config =
        PoseConfig.of(getOrDefault(model))
            .withDetector(detected.isEmpty() ? null : detected)
            .withEngine(getOrDefault(engine), how)
            .withFlipTest((boolean) getOrDefault((Param<?>) flipTest))
            .withOptions(
                PoseOptions.DEFAULT
                    .withBboxThreshold(threshold < 0 ? null : threshold)
                    .withMaxPersons((int) getOrDefault((Param<?>) maxPersons)));
    try {
      Poses all = Poses.of(config).withBatchSize((int) getOrDefault((Param<?>) batchSize));
      String column = getOrDefault(inputCol);
      Poses poses =
          (boolean) getOrDefault((Param<?>) paths)
              ? all.fromPaths(column)
              : all.fromContent(column);
      String framed = getOrDefault(frame);
      return framed.isEmpty()
          ? poses
          : poses.inFrame(Frame3d.valueOf(framed.toUpperCase(Locale.ROOT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The pose model, see {@link io.github.rtmjava.pose3d.PoseInferencer#of}; without it the embedded
   * one.
   */
  public PoseTransformer setModel(String value) {
    set(model, value);
    return this;
  }

  /** The parameter of {@link #setModel}. */
  public Param<String> model() {
    return model;
  }

  /** The detector, or {@value PoseConfig#NONE}; without it the one that goes with the model. */
  public PoseTransformer setDetector(String value) {
    set(detector, value);
    return this;
  }

  /** The parameter of {@link #setDetector}. */
  public Param<String> detector() {
    return detector;
  }

  /** The column of pictures; without it {@code content}. */
  public PoseTransformer setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /** The parameter of {@link #setInputCol}. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** Whether the column holds paths, not bytes. */
  public PoseTransformer setPaths(boolean value) {
    set(paths, value);
    return this;
  }

  /** The parameter of {@link #setPaths}. */
  public BooleanParam paths() {
    return paths;
  }

  /** The frame of 3D keypoints by its {@link Frame3d#id()}; without it the model's. */
  public PoseTransformer setFrame(String value) {
    set(frame, value);
    return this;
  }

  /** The parameter of {@link #setFrame}. */
  public Param<String> frame() {
    return frame;
  }

  /** What runs the networks; without it {@code auto}. */
  public PoseTransformer setEngine(String value) {
    set(engine, value);
    return this;
  }

  /** The parameter of {@link #setEngine}. */
  public Param<String> engine() {
    return engine;
  }

  /** Threads of each task; 0 for as many as it has processors. */
  public PoseTransformer setThreads(int value) {
    set(threads, value);
    return this;
  }

  /** The parameter of {@link #setThreads}. */
  public IntParam threads() {
    return threads;
  }

  /** Whether the numbers are the same on every machine of a kind. */
  public PoseTransformer setDeterministic(boolean value) {
    set(deterministic, value);
    return this;
  }

  /** The parameter of {@link #setDeterministic}. */
  public BooleanParam deterministic() {
    return deterministic;
  }

  /** Whether crops are looked at in the mirror too. */
  public PoseTransformer setFlipTest(boolean value) {
    set(flipTest, value);
    return this;
  }

  /** The parameter of {@link #setFlipTest}. */
  public BooleanParam flipTest() {
    return flipTest;
  }

  /** The score that a box must exceed, 0 to 1; without it what goes with the detector. */
  public PoseTransformer setBboxThreshold(float value) {
    set(bboxThreshold, value);
    return this;
  }

  /** The parameter of {@link #setBboxThreshold}. */
  public FloatParam bboxThreshold() {
    return bboxThreshold;
  }

  /** At most so many people, those with the best scores. */
  public PoseTransformer setMaxPersons(int value) {
    set(maxPersons, value);
    return this;
  }

  /** The parameter of {@link #setMaxPersons}. */
  public IntParam maxPersons() {
    return maxPersons;
  }

  /** How many pictures go through the networks together. */
  public PoseTransformer setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /** The parameter of {@link #setBatchSize}. */
  public IntParam batchSize() {
    return batchSize;
  }
}
