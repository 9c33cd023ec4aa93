package io.github.rtmjava.server.jobs;

import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder of files as one file. */
final class ZippedFolder {
  private ZippedFolder() {}

  /** Puts NAME.zip in the place of a folder. */
  static void replace(Path folder) throws IOException {
    List<Path> content;
    try (Stream<Path> tree = Files.walk(folder)) {
      content = tree.filter(Files::isRegularFile).sorted().toList();
    }
    NewFile.write(
        folder.resolveSibling(folder.getFileName() + ".zip"),
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Path file : content) {
            zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, zip);
            zip.closeEntry();
          }
          zip.finish();
        });
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
