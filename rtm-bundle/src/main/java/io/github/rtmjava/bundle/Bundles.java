package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.files.NewFolder;
import io.github.rtmjava.files.Printable;
import io.github.rtmjava.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Model bundles: what the converter writes and every program loads. A bundle is a folder or an
 * uncompressed zip with {@code model.json} (specification, provenance, checksum, aliases) and
 * {@code weights.safetensors}. The network is rebuilt from the specification.
 */
public final class Bundles {
  /** What is in the folder of a bundle. */
  private static final Set<String> CONTENT = Set.of(Manifest.FILE, Manifest.WEIGHTS);

  private Bundles() {}

  /**
   * Writes a bundle, in the type that each tensor has: a zip where the name ends in {@code .zip} or
   * {@code .rtm}, otherwise a folder. It appears complete or not at all, and takes the place of a
   * bundle of that name.
   *
   * @param target file or folder
   * @param model its weights are read once or twice each
   * @param fp16 stores floating tensors of two and more dimensions as float16, but for those of the
   *     layers whose results the network returns
   * @throws CheckpointException if a weight is too large for float16
   * @throws IOException if it cannot be written, or something else is at the target
   */
  public static void write(Path target, Model model, boolean fp16) throws IOException {
    write(target, model, fp16, n -> {});
  }

  /** Writes a bundle and tells {@code progress} how many bytes of weights each step wrote. */
  public static void write(Path target, Model model, boolean fp16, LongConsumer progress)
      throws IOException {
    if (isZipName(target)) {
      try (NewFile file = NewFile.at(target)) {
        writeZip(file.path(), model, fp16, progress);
        file.commit();
      }
    } else {
      StoredTensors tensors = stored(model, fp16);
      try (NewFolder folder = NewFolder.at(target, CONTENT::equals)) {
        Sink written;
        try (FileChannel channel = create(folder.path().resolve(Manifest.WEIGHTS))) {
          written = new Sink(channel, progress);
          tensors.write(written);
        }
        Files.write(folder.path().resolve(Manifest.FILE), manifest(model, tensors, written));
        folder.commit();
      }
    }
  }

  /**
   * Writes a bundle as a zip of whatever name, bit by bit: for those who put it in its place
   * themselves, as with a {@link NewFile}.
   *
   * @param file which is not there yet
   */
  public static void writeZip(Path file, Model model, boolean fp16, LongConsumer progress)
      throws IOException {
    StoredTensors tensors = stored(model, fp16);
    try (FileChannel channel = create(file)) {
      ZipWriter zip = new ZipWriter(channel);
      Sink written = zip.add(Manifest.WEIGHTS, tensors::write, progress);
      byte[] manifest = manifest(model, tensors, written);
      zip.add(Manifest.FILE, sink -> sink.write(ByteBuffer.wrap(manifest)), n -> {});
      zip.finish();
    }
  }

  private static StoredTensors stored(Model model, boolean fp16) throws IOException {
    Set<String> kept = fp16 ? OutputLayers.keys(model.networks()) : Set.of();
    return StoredTensors.of(model.weights(), fp16, kept);
  }

  private static byte[] manifest(Model model, StoredTensors tensors, Sink written)
      throws IOException {
    return new Manifest(
            model.name(),
            model.spec(),
            model.provenance(),
            written.size(),
            written.sha256(),
            tensors.aliases(),
            PlainMeta.of(model.meta()))
        .toBytes();
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Whether a bundle of that name is written as a zip. */
  private static boolean isZipName(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".zip") || name.endsWith(".rtm");
  }

  /** Whether the path is a folder or zip with a {@code model.json}. */
  public static boolean isBundle(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return Files.isRegularFile(path.resolve(Manifest.FILE));
    }
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteSource source = new ByteSource.OfFile(channel, channel.size());
      return Zip.looksLike(source) && Zip.open(source).entries().containsKey(Manifest.FILE);
    } catch (CheckpointException e) {
      return false; // a damaged zip is none; whoever reads it will say what is wrong
    }
  }

  /**
   * Opens a bundle. Its weights are read when asked for, each time anew; nothing stays open.
   *
   * @throws CheckpointException if it is no bundle, is damaged, or of a later format version
   */
  public static Model open(Path path) throws IOException {
    return opened(path).model();
  }

  /**
   * A bundle's model and what {@code model.json} promises of its weights.
   *
   * @param weightSha256 SHA-256 of the file of weights as it was written
   */
  public record Opened(Model model, BundleWeights weights, long weightBytes, String weightSha256) {
    /**
     * Compares the tensors with what the networks need, without reading them.
     *
     * @throws CheckpointException if one is missing, or is of another shape or type
     */
    public void requireFit() throws CheckpointException {
      BundleFit.require(model.spec(), weights);
    }
  }

  public static Opened opened(Path path) throws IOException {
    return CheckpointException.naming(
        path, () -> Files.isDirectory(path) ? openFolder(path) : openZip(path));
  }

  private static Opened openFolder(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(Manifest.FILE))) {
      throw new CheckpointException(
          "expected a bundle, found a folder without %s; name a bundle that the converter wrote, or"
                  .formatted(Manifest.FILE)
              + " the .pth file itself");
    }
    Path weights = folder.resolve(Manifest.WEIGHTS);
    Manifest manifest;
    try (FileChannel channel = FileChannel.open(folder.resolve(Manifest.FILE))) {
      manifest = manifest(new ByteSource.OfFile(channel, channel.size()));
    }
    try (FileChannel channel = FileChannel.open(weights)) {
      ByteSource source = new ByteSource.OfFile(channel, channel.size());
      return opened(manifest, source, WeightsFile.OnDisk.of(weights, 0, source.size()));
    }
  }

  private static Opened openZip(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteSource source = new ByteSource.OfFile(channel, channel.size());
      if (!Zip.looksLike(source)) {
        throw new CheckpointException(
            "expected a bundle, a folder or a zip, found another file; make one of it with"
                + " the command convert");
      }
      Zip zip = Zip.open(source);
      Zip.Entry weights = entry(zip, Manifest.WEIGHTS);
      return opened(
          manifest(zip.stored(entry(zip, Manifest.FILE))),
          zip.stored(weights),
          WeightsFile.OnDisk.of(file, weights.data(), weights.size()));
    }
  }

  /**
   * Opens a zip bundle that lies in memory.
   *
   * @param zip its bytes, which the model keeps and nobody may change
   * @throws CheckpointException as {@link #open}
   */
  public static Model read(byte[] zip) throws IOException {
    try {
      return openZip(zip);
    } catch (CheckpointException e) {
      throw new CheckpointException(Printable.message(String.valueOf(e.getMessage())), e);
    }
  }

  private static Model openZip(byte[] zip) throws IOException {
    Zip archive = Zip.open(new ByteSource.OfArray(zip));
    ByteSource weights = archive.stored(entry(archive, Manifest.WEIGHTS));
    return opened(
            manifest(archive.stored(entry(archive, Manifest.FILE))),
            weights,
            new WeightsFile.InMemory(weights))
        .model();
  }

  /** Reads a zip bundle to the stream's end and keeps it in memory. */
  public static Model read(InputStream zip) throws IOException {
    return read(zip.readAllBytes());
  }

  private static Manifest manifest(ByteSource json) throws IOException {
    if (json.size() > Manifest.MAX_BYTES) {
      throw new CheckpointException(
          "expected a model.json of at most %s bytes, found %s"
              .formatted(Manifest.MAX_BYTES, json.size()));
    }
    return Manifest.read(json.bytes(0, json.size()).array());
  }

  private static Opened opened(Manifest manifest, ByteSource weights, WeightsFile file)
      throws IOException {
    if (weights.size() != manifest.weightBytes()) {
      throw new CheckpointException(
          "expected %s bytes of weights, found %s; the bundle is cut off or mixed up: convert the"
                  .formatted(manifest.weightBytes(), weights.size())
              + " model again");
    }
    BundleWeights tensors =
        new BundleWeights(file, Safetensors.open(weights).places(), manifest.aliases());
    return new Opened(
        new Model(
            manifest.name(), manifest.spec(), tensors, manifest.provenance(), manifest.meta()),
        tensors,
        manifest.weightBytes(),
        manifest.weightSha256());
  }

  private static Zip.Entry entry(Zip zip, String name) throws CheckpointException {
    Zip.Entry entry = zip.entries().get(name);
    if (entry == null) {
      throw new CheckpointException(
          "expected a bundle, found a zip archive without %s; name a bundle that the converter wrote"
              .formatted(name));
    }
    return entry;
  }
}
