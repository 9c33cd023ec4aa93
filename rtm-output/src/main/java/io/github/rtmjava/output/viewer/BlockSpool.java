package io.github.rtmjava.output.viewer;

import io.github.rtmjava.files.Unfinished;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.Deflater;

/** Blocks as they will stand in the page, in a temporary file that vanishes when this is closed. */
final class BlockSpool implements AutoCloseable {
  private final Unfinished file;
  private final OutputStream out;
  private final Deflater deflater = new Deflater(6, true);

  private BlockSpool(Unfinished file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  static BlockSpool in(Path folder) throws IOException {
    Unfinished file = Unfinished.in(folder);
    try {
      return new BlockSpool(
          file, new BufferedOutputStream(Files.newOutputStream(file.path()), 1 << 16));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Adds a block, deflated (RFC 1951) and in Base64, as an element that browsers do not run. */
  void add(String id, BlockBytes block) throws IOException {
    ascii("<script type=\"application/octet-stream\" id=\"" + id + "\">");
    deflater.reset();
    deflater.setInput(block.array(), 0, block.length());
    deflater.finish();
    OutputStream base64 = Base64.getEncoder().wrap(new Unclosed(out));
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      base64.write(buffer, 0, deflater.deflate(buffer));
    }
    base64.close();
    ascii("</script>\n");
  }

  /** Everything that was added, after which nothing more can be. */
  void copyTo(OutputStream page) throws IOException {
    out.close();
    Files.copy(file.path(), page);
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    try (file) {
      out.close();
    }
  }

  /** Base64 writes its last characters when it is closed, and the file goes on after them. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
