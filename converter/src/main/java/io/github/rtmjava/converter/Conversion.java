package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.BundleWeights;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ModelNote;
import io.github.rtmjava.bundle.PlainMeta;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.files.Printable;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    return converted(file, options).model();
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
    Optional<ModelNote> note = ModelNote.in(checkpoint.meta()).filter(n -> fits(n, checkpoint));
    List<String> remarks = new ArrayList<>(checkpoint.remarks());
    ModelSpec spec;
    try {
      if (note.isPresent()) {
        spec = named(note.get().spec(), checkpoint);
      } else {
        Recognition.Whole whole = whole(checkpoint);
        spec = whole.spec();
        remarks.addAll(whole.remarks());
      }
      spec = options.apply(spec);
      requireFit(spec, checkpoint);
    } catch (CheckpointException e) {
      throw new CheckpointException(
          Printable.message(checkpoint.source() + ": " + e.getMessage()), e);
    }
    String name = options.name();
    String licence = options.licence();
    return new Opened(
        new Model(
            name == null ? note.map(ModelNote::name).orElse(stem(file)) : name,
            spec,
            new MapWeights(checkpoint.tensors()),
            new Provenance(
                checkpoint.source(),
                Sha256.of(file),
                Version.converter(),
                licence == null ? note.map(ModelNote::licence).orElse("unknown") : licence),
            PlainMeta.of(checkpoint.meta())),
        remarks.stream()
            .map(remark -> Printable.message(checkpoint.source() + ": " + remark))
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
    if (!Files.isDirectory(path) && !Bundles.isBundle(path)) {
      return converted(path, options);
    }
    Bundles.Opened opened = Bundles.opened(path);
    Model bundle = opened.model();
    try {
      requireFit(bundle.spec(), opened.weights());
    } catch (CheckpointException e) {
      throw new CheckpointException(
          Printable.message(path.getFileName() + ": " + e.getMessage()), e);
    }
    String name = options.name();
    String licence = options.licence();
    Provenance origin = bundle.provenance();
    return new Opened(
        new Model(
            name == null ? bundle.name() : name,
            options.apply(bundle.spec()),
            bundle.weights(),
            licence == null
                ? origin
                : new Provenance(origin.source(), origin.sha256(), origin.converter(), licence),
            bundle.meta()),
        List.of());
  }

  /** A file's name without its folder and its last extension. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static Recognition.Whole whole(Checkpoint checkpoint) throws CheckpointException {
    List<Recognition> recognitions = Architectures.recognise(checkpoint);
    for (Recognition recognition : recognitions) {
      if (recognition instanceof Recognition.Whole whole) {
        return whole;
      }
    }
    if (HeatMaps.isIn(checkpoint)) {
      throw new CheckpointException(HeatMaps.REFUSAL);
    }
    if (recognitions.isEmpty()) {
      throw new CheckpointException(
          "expected a network of the architectures %s, found %s tensors of another (%s, …); look at"
                  .formatted(
                      Architectures.all().stream().map(Architecture::name).toList(),
                      checkpoint.tensors().size(),
                      checkpoint.tensors().keySet().stream().findFirst().orElse("none"))
              + " them with the command inspect");
    }
    throw new CheckpointException(
        "expected a whole network, found "
            + recognitions.stream()
                .map(r -> describe((Recognition.Part) r))
                .collect(Collectors.joining(" or "))
            + "; convert the file of the whole network");
  }

  /** A part of a network in words. */
  static String describe(Recognition.Part part) {
    return "only %s of %s; %s missing"
        .formatted(
            String.join(", ", part.present()),
            part.architecture(),
            part.missing().isEmpty()
                ? "the rest is"
                : String.join(", ", part.missing())
                    + (part.missing().size() == 1 ? " is" : " are"));
  }

  /** With the keypoints that the file names beside the note, where the note has none. */
  private static ModelSpec named(ModelSpec noted, Checkpoint checkpoint)
      throws CheckpointException {
    if (noted.keypoints() == null) {
      for (Recognition recognition : Architectures.recognise(checkpoint)) {
        KeypointSet said =
            recognition instanceof Recognition.Whole whole ? whole.spec().keypoints() : null;
        if (said != null) {
          return noted.withKeypoints(said);
        }
      }
    }
    return noted;
  }

  /** A note that came along with weights of another network is passed over. */
  private static boolean fits(ModelNote note, Checkpoint checkpoint) {
    try {
      requireFit(note.spec(), checkpoint);
      return true;
    } catch (CheckpointException e) {
      return false;
    }
  }

  /** Compares a bundle's tensors with what its networks need, without reading them. */
  private static void requireFit(ModelSpec spec, BundleWeights weights) throws CheckpointException {
    for (Map.Entry<String, Shape> needed : networks(spec).weights().entrySet()) {
      String key = needed.getKey();
      if (!weights.keys().contains(key)) {
        throw new CheckpointException(
            "expected the weight %s of a %s network, found none; convert the model again"
                .formatted(key, spec.architecture()));
      }
      Safetensors.Place found = weights.place(key);
      if (!found.shape().equals(needed.getValue()) || !found.dtype().isFloating()) {
        throw new CheckpointException(
            "expected the weight %s as floating %s, found %s %s; convert the model again"
                .formatted(key, needed.getValue(), found.dtype(), found.shape()));
      }
    }
  }

  /** The networks of a specification that may come from a stranger. */
  private static Networks networks(ModelSpec spec) throws CheckpointException {
    try {
      Networks networks = Networks.of(spec);
      networks.weights();
      return networks;
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw new CheckpointException(
          "no %s network can be built of it: %s".formatted(spec.architecture(), e.getMessage()), e);
    }
  }

  private static void requireFit(ModelSpec spec, Checkpoint checkpoint) throws CheckpointException {
    Optional<String> differences = WeightCheck.differences(networks(spec), checkpoint.tensors());
    if (differences.isPresent()) {
      throw new CheckpointException(
          "the tensors do not fit a %s network: %s"
              .formatted(spec.architecture(), differences.get()));
    }
  }
}
