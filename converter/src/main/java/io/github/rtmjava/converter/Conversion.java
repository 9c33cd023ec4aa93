package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ModelNote;
import io.github.rtmjava.bundle.PlainMeta;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.files.Printable;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.WeightCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes models of checkpoint files. */
public final class Conversion {
  private Conversion() {}

  /**
   * Reads a checkpoint, recognises its architecture and compares every tensor with what the network
   * needs.
   *
   * @param file in any layout that {@link Checkpoints} reads
   * @throws CheckpointException if it cannot be read, no architecture on the class path knows it,
   *     it holds only a part of a network, or tensors are missing, unexpected or of another shape
   */
  public static Model toModel(Path file, ConversionOptions options) throws IOException {
    return CheckpointException.naming(file, () -> converted(file, options)).model();
  }

  /**
   * A model, and what is to be said about it, one line each: what the file left open and was
   * guessed, and what contradicts itself.
   */
  public record Opened(Model model, List<String> remarks) {
    public Opened {
      remarks = List.copyOf(remarks);
    }
  }

  private static Opened converted(Path file, ConversionOptions options) throws IOException {
    Checkpoint checkpoint = Checkpoints.read(file);
    Recognised recognised = Recognised.in(checkpoint);
    ModelSpec spec = options.apply(recognised.spec());
    WeightCheck.require(spec, checkpoint.tensors());
    String name = options.name();
    String licence = options.licence();
    Model model =
        new Model(
            name == null ? recognised.note().map(ModelNote::name).orElse(stem(file)) : name,
            spec,
            new MapWeights(checkpoint.tensors()),
            new Provenance(
                checkpoint.source(),
                Sha256.of(file),
                Version.converter(),
                licence == null
                    ? recognised.note().map(ModelNote::licence).orElse("unknown")
                    : licence),
            PlainMeta.of(checkpoint.meta()));
    return new Opened(
        model,
        Stream.concat(checkpoint.remarks().stream(), recognised.remarks().stream())
            .map(remark -> Printable.of(checkpoint.source(), remark))
            .toList());
  }

  /**
   * Opens a bundle, or reads a checkpoint as {@link #toModel} does.
   *
   * @throws CheckpointException as {@link Bundles#open} and {@link #toModel}
   */
  public static Model open(Path path, ConversionOptions options) throws IOException {
    return opened(path, options).model();
  }

  /** As {@link #open}, with what is to be said about the file. */
  public static Opened opened(Path path, ConversionOptions options) throws IOException {
    return CheckpointException.naming(
        path,
        () ->
            Files.isDirectory(path) || Bundles.isBundle(path)
                ? new Opened(bundle(path, options), List.of())
                : converted(path, options));
  }

  private static Model bundle(Path path, ConversionOptions options) throws IOException {
    Bundles.Opened opened = Bundles.opened(path);
    opened.requireFit();
    Model model = opened.model();
    String name = options.name();
    String licence = options.licence();
    Provenance origin = model.provenance();
    return new Model(
        name == null ? model.name() : name,
        options.apply(model.spec()),
        model.weights(),
        licence == null
            ? origin
            : new Provenance(origin.source(), origin.sha256(), origin.converter(), licence),
        model.meta());
  }

  /** A file's name without its folder and its last extension. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
