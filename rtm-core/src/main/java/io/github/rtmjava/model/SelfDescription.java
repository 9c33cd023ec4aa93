package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.InputSpec.ChannelOrder;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays what a checkpoint says about itself over what its architecture usually is: first the buffers
 * beside the weights, then the configuration, then the usual. What had to be guessed, and what
 * contradicts itself, is remarked.
 */
final class SelfDescription {
  private static final String BUFFERS = "the file's data_preprocessor";
  private static final String CONFIGURATION = "the file's configuration";
  private static final String META = "the file's dataset_meta";
  private static final String USUAL = "usual for this network";
  private static final String SHAPES = "the shapes of the weights";

  /** Strides of the networks that read whole pictures. */
  private static final int STRIDE = 32;

  private final Checkpoint checkpoint;
  private final Configuration configuration;
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, String> origins = new LinkedHashMap<>();

  private SelfDescription(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.configuration = Configuration.in(checkpoint.meta());
  }

  /**
   * A recognised network with everything that its file says.
   *
   * @throws CheckpointException if the file describes other keypoints than its network finds, or
   *     says what cannot be
   */
  static Recognition.Whole apply(Checkpoint checkpoint, Recognition.Whole usual)
      throws CheckpointException {
    return new SelfDescription(checkpoint).apply(usual);
  }

  private Recognition.Whole apply(Recognition.Whole usual) throws CheckpointException {
    ModelSpec spec = usual.spec();
    spec = spec.withInput(input(spec));
    spec = spec.withCodec(codec(spec));
    spec = keypoints(spec);
    if (spec.task() == Task.DETECTION) {
      classes(spec);
    }
    List<String> all = new ArrayList<>(usual.remarks());
    all.addAll(remarks);
    return new Recognition.Whole(spec, all, origins);
  }

  private InputSpec input(ModelSpec spec) throws CheckpointException {
    InputSpec input = size(spec);
    Optional<Data.Dict> configured = configuration.preprocessor();
    float[] mean = buffer("data_preprocessor.mean");
    float[] std = buffer("data_preprocessor.std");
    float[] configuredMean = configured.flatMap(c -> three(c, "mean")).orElse(null);
    float[] configuredStd = configured.flatMap(c -> three(c, "std")).orElse(null);
    boolean buffers = mean != null && std != null;
    boolean config = configuredMean != null && configuredStd != null;
    if (buffers
        && config
        && !(Arrays.equals(mean, configuredMean) && Arrays.equals(std, configuredStd))) {
      remarks.add(
          "the file's data_preprocessor says mean %s and std %s, its configuration mean %s and std %s: the former are taken"
              .formatted(
                  Arrays.toString(mean),
                  Arrays.toString(std),
                  Arrays.toString(configuredMean),
                  Arrays.toString(configuredStd)));
    }
    origins.put("mean, std", buffers ? BUFFERS : config ? CONFIGURATION : USUAL);
    ChannelOrder order = configured.flatMap(SelfDescription::order).orElse(null);
    origins.put("channels", order == null ? USUAL : CONFIGURATION);
    return new InputSpec(
        input.width(),
        input.height(),
        order == null ? input.order() : order,
        mean != null && std != null
            ? mean
            : configuredMean != null && configuredStd != null ? configuredMean : input.mean(),
        mean != null && std != null
            ? std
            : configuredMean != null && configuredStd != null ? configuredStd : input.std());
  }

  /** A tensor of three numbers that are saved with the weights. */
  private float @Nullable [] buffer(String key) throws CheckpointException {
    Tensor tensor = checkpoint.tensors().get(key);
    if (tensor == null) {
      return null;
    }
    return requireSound(key, tensor.toFloats());
  }

  /** mmengine normalises nothing where a preprocessor has no mean. */
  private static Optional<float[]> three(Data.Dict configuration, String key) {
    boolean none = configuration.at("mean").filter(m -> !(m instanceof Data.None)).isEmpty();
    if (none && configuration.text("type").isPresent()) {
      float same = key.equals("std") ? 1 : 0;
      return Optional.of(new float[] {same, same, same});
    }
    return configuration
        .numbers(key)
        .filter(values -> values.length == 3 || values.length == 1)
        .map(
            values ->
                new float[] {
                  (float) values[0],
                  (float) values[values.length == 3 ? 1 : 0],
                  (float) values[values.length == 3 ? 2 : 0]
                })
        .filter(values -> isSound(key, values));
  }

  private static boolean isSound(String key, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value) || (key.endsWith("std") && !(value > 0))) {
        return false;
      }
    }
    return values.length == 3;
  }

  private static float[] requireSound(String key, float[] values) throws CheckpointException {
    if (!isSound(key, values)) {
      throw new CheckpointException(
          "expected three finite numbers in %s%s, found %s"
              .formatted(
                  key,
                  key.endsWith("std") ? ", above 0" : "",
                  Arrays.toString(Arrays.copyOf(values, Math.min(4, values.length)))));
    }
    return values;
  }

  /** mmengine reads pictures as BGR, and turns them where it is told to. */
  private static Optional<ChannelOrder> order(Data.Dict preprocessor) {
    boolean says = preprocessor.at("bgr_to_rgb").isPresent() || preprocessor.at("mean").isPresent();
    boolean turned =
        preprocessor
            .at("bgr_to_rgb")
            .filter(value -> value instanceof Data.Bool bool && bool.value())
            .isPresent();
    return says ? Optional.of(turned ? ChannelOrder.RGB : ChannelOrder.BGR) : Optional.empty();
  }

  private InputSpec size(ModelSpec spec) {
    InputSpec input = spec.input();
    boolean wholePictures =
        spec.codec() instanceof Codec.Detector || spec.codec() instanceof Codec.Dcc;
    Optional<double[]> said =
        wholePictures
            ? configuration.pictureSize()
            : configuration
                .codec()
                .flatMap(c -> c.numbers("input_size"))
                .filter(s -> s.length == 2);
    origins.put(
        "input size",
        spec.codec() instanceof Codec.Simcc ? SHAPES : said.isPresent() ? CONFIGURATION : USUAL);
    if (said.isEmpty()) {
      return input;
    }
    int width = (int) said.get()[0];
    int height = (int) said.get()[1];
    if (width == input.width() && height == input.height()) {
      return input;
    }
    String configured = "%s wide and %s high".formatted(width, height);
    if (!wholePictures) {
      remarks.add(
          "the file's configuration says an input %s, its weights fit one %s wide and %s high: the latter is taken"
              .formatted(configured, input.width(), input.height()));
      return input;
    }
    if (width % STRIDE != 0 || height % STRIDE != 0 || Math.max(width, height) > 4096) {
      origins.put("input size", USUAL);
      remarks.add(
          "the file's configuration says an input %s, which is no multiple of %s: %s wide and %s high is taken"
              .formatted(configured, STRIDE, input.width(), input.height()));
      return input;
    }
    return input.withSize(width, height);
  }

  private Codec codec(ModelSpec spec) {
    Data.Dict said = configuration.codec().orElse(null);
    if (!(spec.codec() instanceof Codec.Simcc simcc) || said == null) {
      return spec.codec();
    }
    said.number("simcc_split_ratio")
        .filter(ratio -> Math.abs(ratio - simcc.splitRatio()) > 1e-6)
        .ifPresent(
            ratio ->
                remarks.add(
                    "the file's configuration says simcc_split_ratio %s, its weights have %s bins for a pixel: the latter is taken"
                        .formatted(ratio, simcc.splitRatio())));
    if (isTrue(said, "use_dark")) {
      remarks.add(
          "the file's configuration says use_dark, which is not done here: keypoints are exact to"
              + " half a bin");
    }
    if (simcc.depth() > 0) {
      return simcc;
    }
    double[] sigma = sigma(said);
    Codec.Visibility visibility =
        isTrue(said, "decode_visibility") && sigma != null
            ? Codec.Visibility.ofSigma(sigma[0], sigma[1])
            : null;
    origins.put("visibility", CONFIGURATION);
    return new Codec.Simcc(
        simcc.splitRatio(), simcc.depth(), simcc.zRange(), simcc.rootZ(), visibility);
  }

  private static double @Nullable [] sigma(Data.Dict codec) {
    double one = codec.number("sigma").orElse(Double.NaN);
    double[] both = codec.numbers("sigma").orElse(new double[] {one, one});
    return both.length >= 2 && both[0] > 0 && both[1] > 0 ? both : null;
  }

  private static boolean isTrue(Data.Dict dict, String key) {
    return dict.at(key).filter(value -> value instanceof Data.Bool b && b.value()).isPresent();
  }

  private ModelSpec keypoints(ModelSpec spec) throws CheckpointException {
    Integer count = spec.hyperParameters().get(ModelSpec.KEYPOINTS);
    if (spec.task() == Task.DETECTION || count == null || spec.labels().isEmpty()) {
      return spec;
    }
    String label = spec.labels().get(0);
    Optional<KeypointSet> said = DatasetMeta.keypoints(checkpoint.meta(), count, label);
    if (said.isPresent()) {
      origins.put("keypoints", META);
      return spec.withKeypoints(said.get());
    }
    boolean named = DatasetMeta.name(checkpoint.meta()).isPresent();
    boolean known = KeypointSet.known(label, count).isPresent();
    origins.put("keypoints", USUAL);
    if (!known) {
      remarks.add(
          "the file does not name its %s keypoints: they are keypoint_0 and so on, without links, pairs and sigmas"
              .formatted(count));
    } else if (!named && KeypointDataset.ofNumber(count).filter(label::equals).isPresent()) {
      origins.put("keypoints", "their number");
      remarks.add(
          "the file does not say which keypoints it finds: by their number, %s, they are taken for those of %s"
              .formatted(count, label));
    }
    return spec;
  }

  private void classes(ModelSpec spec) {
    List<String> said = ClassNames.in(checkpoint);
    boolean fits = said.size() == spec.labels().size();
    origins.put("classes", fits ? META : USUAL);
    if (!said.isEmpty() && !fits) {
      remarks.add(
          "the file's dataset_meta names %s classes and its network finds %s: the names are left out"
              .formatted(said.size(), spec.labels().size()));
    }
  }
}
