package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ModelNote;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.bundle.Sink;
import io.github.rtmjava.bundle.StoredTensors;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.engine.NetworkExporter;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.runtime.Services;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes models for other programs. Weights keep their names, types and bits; names that share a
 * tensor go on sharing it. Files appear complete or not at all.
 */
public final class Exports {
  private static final String DATASET = "dataset_meta";

  private Exports() {}

  /**
   * Writes a model. Its weights are read one by one, so that a bundle's are never all in memory
   * (but for {@link ExportFormat#SAMEDIFF}).
   *
   * @throws CheckpointException if the format needs a module that is not on the class path
   * @throws IOException if a weight cannot be read or the file cannot be written
   */
  public static void write(Path file, Model model, ExportFormat format) throws IOException {
    write(file, model, format, n -> {});
  }

  /** Writes a model and tells {@code progress} how many bytes of weights each step wrote. */
  static void write(Path file, Model model, ExportFormat format, LongConsumer progress)
      throws IOException {
    try (NewFile made = NewFile.at(file)) {
      if (format == ExportFormat.SAMEDIFF) {
        exporter(format).write(model.networks().joined(), model.weights(), made.path());
      } else {
        try (FileChannel channel =
            FileChannel.open(
                made.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          writeWeights(channel, model, format, progress);
        }
      }
      made.commit();
    }
  }

  private static void writeWeights(
      FileChannel channel, Model model, ExportFormat format, LongConsumer progress)
      throws IOException {
    StoredTensors tensors = StoredTensors.unchanged(model.weights());
    String note = ModelNote.of(model).text();
    if (format == ExportFormat.PTH) {
      TorchZipWriter.write(channel, tensors, meta(model, note), progress);
    } else {
      // As safetensors.torch.save_model notes tensors that are shared.
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put(Safetensors.FORMAT, "pt");
      texts.put(ModelNote.KEY, note);
      texts.putAll(tensors.aliases());
      tensors.write(new Sink(channel, progress), texts);
    }
  }

  /**
   * Upstream's programs take classes, names, pairs, links and sigmas from {@code dataset_meta}.
   * What the checkpoint said itself stays as it was.
   */
  private static Data.Dict meta(Model model, String note) {
    Map<String, Data> dataset = new LinkedHashMap<>();
    ModelSpec spec = model.spec();
    if (spec.task() == Task.DETECTION) {
      dataset.put(
          "classes",
          new Data.Items(List.copyOf(spec.labels().stream().map(Data.Text::new).toList())));
    } else if (spec.keypoints() != null
        || (model.meta().at(DATASET).isEmpty()
            && spec.hyperParameters().containsKey(ModelSpec.KEYPOINTS))) {
      dataset.putAll(KeypointMeta.of(spec.keypointSet()));
    }
    Map<String, Data> meta = new LinkedHashMap<>();
    if (!dataset.isEmpty()) {
      meta.put(DATASET, new Data.Dict(dataset));
    }
    meta.putAll(model.meta().values());
    if (model.meta().at(DATASET).orElse(null) instanceof Data.Dict said) {
      dataset.putAll(said.values());
      meta.put(DATASET, new Data.Dict(dataset));
    }
    meta.put(ModelNote.KEY, new Data.Text(note));
    return new Data.Dict(meta);
  }

  private static NetworkExporter exporter(ExportFormat format) throws CheckpointException {
    String name = format.name().toLowerCase(Locale.ROOT);
    return Services.all(NetworkExporter.class).stream()
        .filter(exporter -> exporter.format().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CheckpointException(
                    "expected the module rtm-%s on the class path, found none that writes %s; add"
                            .formatted(name, name)
                        + " io.github.rtmjava:rtm-%s, or use the rtm command, which has it"
                            .formatted(name)));
  }
}
