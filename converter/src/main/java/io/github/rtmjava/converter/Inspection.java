package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a checkpoint or bundle.
 *
 * @param file its name
 * @param bytes its size
 * @param layout how it is written
 * @param spec the network that it holds, if it holds a whole one
 * @param origins where the values of its specification come from, by their names
 * @param remarks what keeps it from being converted: parts that are missing, tensors that do not
 *     fit; and what the file leaves open, or contradicts
 * @param provenance where a bundle's weights come from; null for a checkpoint
 * @param meta a checkpoint's metadata
 * @param extras names of what else a checkpoint holds
 * @param tensors all tensors
 */
record Inspection(
    String file,
    long bytes,
    String layout,
    Optional<ModelSpec> spec,
    Map<String, String> origins,
    List<String> remarks,
    @Nullable Provenance provenance,
    Data.Dict meta,
    List<String> extras,
    List<Entry> tensors) {

  /**
   * One tensor.
   *
   * @param alias the name under which it stands in the file a first time; null unless it is shared
   */
  record Entry(String name, DType dtype, Shape shape, @Nullable String alias) {}

  /** Number of elements of floating tensors, shared ones counted once. */
  long parameters() {
    return tensors.stream()
        .filter(t -> t.alias == null && t.dtype.isFloating())
        .mapToLong(t -> t.shape.elements())
        .sum();
  }

  static Inspection of(Path path) throws IOException {
    return Bundles.isBundle(path) ? ofBundle(path) : ofCheckpoint(path);
  }

  private static Inspection ofBundle(Path path) throws IOException {
    Bundles.Opened bundle = Bundles.opened(path);
    List<Entry> tensors = new ArrayList<>();
    for (String key : bundle.weights().keys()) {
      Safetensors.Place place = bundle.weights().place(key);
      String stored = bundle.weights().stored(key);
      tensors.add(new Entry(key, place.dtype(), place.shape(), stored.equals(key) ? null : stored));
    }
    return new Inspection(
        String.valueOf(path.getFileName()),
        bundle.weightBytes(),
        Files.isDirectory(path) ? "bundle folder" : "bundle zip",
        Optional.of(bundle.model().spec()),
        Map.of(),
        List.of(),
        bundle.model().provenance(),
        bundle.model().meta(),
        List.of(),
        tensors);
  }

  private static Inspection ofCheckpoint(Path path) throws IOException {
    Checkpoint checkpoint = Checkpoints.read(path);
    List<Entry> tensors = new ArrayList<>();
    IdentityHashMap<Tensor, String> first = new IdentityHashMap<>();
    checkpoint
        .tensors()
        .forEach(
            (key, tensor) ->
                tensors.add(
                    new Entry(
                        key, tensor.dtype(), tensor.shape(), first.putIfAbsent(tensor, key))));
    List<String> remarks = new ArrayList<>(checkpoint.remarks());
    Optional<Recognition.Whole> whole = recognise(checkpoint, remarks);
    return new Inspection(
        checkpoint.source(),
        Files.size(path),
        checkpoint.layout(),
        whole.map(Recognition.Whole::spec),
        whole.map(Recognition.Whole::origins).orElse(Map.of()),
        remarks,
        null,
        checkpoint.meta(),
        List.copyOf(checkpoint.extras().values().keySet()),
        tensors);
  }

  private static Optional<Recognition.Whole> recognise(
      Checkpoint checkpoint, List<String> remarks) {
    try {
      List<Recognition> recognitions = Architectures.recognise(checkpoint);
      for (Recognition recognition : recognitions) {
        if (recognition instanceof Recognition.Whole whole) {
          WeightCheck.differences(Networks.of(whole.spec()), checkpoint.tensors())
              .ifPresent(d -> remarks.add("the tensors do not fit: " + d));
          remarks.addAll(whole.remarks());
          return Optional.of(whole);
        }
        if (recognition instanceof Recognition.Part part) {
          remarks.add(Unrecognised.describe(part));
        }
      }
      if (HeatMaps.isIn(checkpoint)) {
        remarks.add(HeatMaps.REFUSAL);
      }
    } catch (CheckpointException | IllegalArgumentException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
