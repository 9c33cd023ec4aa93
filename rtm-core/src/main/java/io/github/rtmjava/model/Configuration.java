package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.ConfigText;
import io.github.rtmjava.checkpoint.Data;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The configuration that a checkpoint carries along, as a tree of plain data. */
final class Configuration {
  /** Where a network that reads whole pictures is told how they are brought to its size. */
  private static final List<String[]> PIPELINES =
      List.of(
          new String[] {"test_pipeline"},
          new String[] {"test_dataloader", "dataset", "pipeline"},
          new String[] {"val_pipeline"},
          new String[] {"val_dataloader", "dataset", "pipeline"});

  private final Data.Dict root;

  private Configuration(Data.Dict root) {
    this.root = root;
  }

  /** The one in a checkpoint's metadata; empty where there is none. */
  static Configuration in(Data.Dict meta) {
    return new Configuration(
        Stream.of("cfg", "config", "model_cfg")
            .flatMap(key -> meta.at(key).stream())
            .map(Configuration::tree)
            .filter(tree -> !tree.values().isEmpty())
            .findFirst()
            .orElse(Data.Dict.EMPTY));
  }

  private static Data.Dict tree(Data data) {
    if (data instanceof Data.Text text) {
      return ConfigText.parse(text.value());
    }
    if (data instanceof Data.Opaque object) { // mmengine's Config or ConfigDict, pickled
      return Stream.concat(object.arguments().stream(), Stream.ofNullable(object.state()))
          .flatMap(part -> part instanceof Data.Items all ? all.values().stream() : Stream.of(part))
          .map(part -> part instanceof Data.Opaque ? tree(part) : part)
          .filter(Data.Dict.class::isInstance)
          .map(Data.Dict.class::cast)
          .findFirst()
          .orElse(Data.Dict.EMPTY);
    }
    return data instanceof Data.Dict dict ? dict : Data.Dict.EMPTY;
  }

  /** A value of the network's part; also where that part stands alone. */
  Optional<Data> model(String... path) {
    String[] full = new String[path.length + 1];
    full[0] = "model";
    System.arraycopy(path, 0, full, 1, path.length);
    return root.at(full).or(() -> root.at(path));
  }

  /** How images are normalised. */
  Optional<Data.Dict> preprocessor() {
    return model("data_preprocessor")
        .filter(Data.Dict.class::isInstance)
        .map(Data.Dict.class::cast);
  }

  /** How the outputs of a pose model are read. */
  Optional<Data.Dict> codec() {
    return Stream.of(model("head", "decoder"), root.at("codec"))
        .flatMap(Optional::stream)
        .filter(Data.Dict.class::isInstance)
        .map(Data.Dict.class::cast)
        .findFirst();
  }

  /** The size, [width, height], to which whole pictures are brought. */
  Optional<double[]> pictureSize() {
    return PIPELINES.stream()
        .flatMap(path -> root.at(path).stream())
        .filter(Data.Items.class::isInstance)
        .flatMap(steps -> ((Data.Items) steps).values().stream())
        .flatMap(
            step ->
                Stream.of("scale", "img_scale", "input_size")
                    .flatMap(key -> step.numbers(key).stream()))
        .filter(size -> size.length == 2 && Arrays.stream(size).allMatch(n -> n >= 1))
        .findFirst();
  }
}
