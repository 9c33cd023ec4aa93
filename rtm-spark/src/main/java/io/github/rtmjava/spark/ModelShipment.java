package io.github.rtmjava.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/** Models that are files, on their way to the executors: each travels once. */
final class ModelShipment {
  private ModelShipment() {}

  /** Sends one; a folder as an archive, which Spark unpacks there, since it sends files alone. */
  static void send(@Nullable ModelFile model, SparkContext context) throws IOException {
    if (model == null || model.sha256() == null) {
      return;
    }
    Path path = Path.of(model.reference());
    if (Files.isDirectory(path)) {
      context.addArchive(named(packed(path), model.sentName()).toString());
    } else {
      context.addFile(under(path, model.sentName()).toUri().toString());
    }
  }

  /** The same file under another name: Spark has no way to say one. */
  private static Path under(Path file, String name) throws IOException {
    Path folder = Files.createTempDirectory("rtm-model");
    Path link = folder.resolve(name);
    folder.toFile().deleteOnExit();
    link.toFile().deleteOnExit();
    try {
      return Files.createSymbolicLink(link, file.toAbsolutePath());
    } catch (IOException | UnsupportedOperationException e) {
      return Files.copy(file, link); // as on Windows, where links need a privilege
    }
  }

  /** The name that Spark unpacks it under is the address's fragment. */
  private static URI named(Path archive, String name) throws IOException {
    URI uri = archive.toUri();
    try {
      return new URI(uri.getScheme(), null, uri.getPath(), name);
    } catch (URISyntaxException e) {
      throw new IOException(name + ": it cannot be sent under this name; choose another", e);
    }
  }

  private static Path packed(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path zip = Files.createTempFile("rtm-model", ".zip");
    zip.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        entries.putNextEntry(new ZipEntry(name));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return zip;
  }
}
