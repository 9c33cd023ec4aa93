package io.github.rtmjava.models;

import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is coming: {@code NAME.part}, and beside it {@code NAME.part.from}, which says from
 * where and which version, so that a later run can go on. It is only ever appended to, so that
 * whatever a killed process leaves is a beginning.
 */
final class PartFile {
  static final String ENDING = ".part";
  static final String ORIGIN_ENDING = ".part.from";

  private final Path target;
  private final Path part;
  private final Path origin;

  PartFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ENDING);
    this.origin = target.resolveSibling(target.getFileName() + ORIGIN_ENDING);
  }

  Path path() {
    return part;
  }

  long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** The server's name for the version that was begun; empty if none, or from another address. */
  String validator(URI url) throws IOException {
    if (!Files.exists(origin)) {
      return "";
    }
    List<String> lines = List.of(Files.readString(origin).split("\n", -1));
    return lines.size() == 3 && lines.get(0).equals(place(url)) ? lines.get(1) : "";
  }

  /** Begins anew. */
  void begin(URI url, String validator) throws IOException {
    discard();
    Files.write(origin, (place(url) + "\n" + validator + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Opens the file to be appended to. */
  FileChannel append() throws IOException {
    return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void discard() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(origin);
  }

  /** Puts the complete file in its place. */
  void commit() throws IOException {
    NewFile.putDurably(part, target);
    Files.deleteIfExists(origin);
  }

  /** An address without what may be secret in it. */
  private static String place(URI url) {
    return Addresses.withoutSecrets(url);
  }
}
