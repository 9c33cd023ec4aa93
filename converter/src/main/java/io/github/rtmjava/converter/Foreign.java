package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says what a file that is no checkpoint looks like, and what to do. */
final class Foreign {
  private Foreign() {}

  static CheckpointException describe(ByteSource source) throws IOException {
    byte[] start = source.bytes(0, Math.min(source.size(), 512)).array();
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return new CheckpointException("expected a checkpoint, found " + found(text, start));
  }

  private static String found(String text, byte[] start) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<head")) {
      return "a web page, probably an error message of the server; download the file again";
    }
    if (lower.startsWith("<")) {
      return "an XML document, probably an error message of the server; download the file again";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "a Git LFS pointer; fetch the file itself with git lfs pull";
    }
    if (lower.startsWith("{") || lower.startsWith("[")) {
      return "JSON text; name the weights file itself";
    }
    if (start.length > 2 && start[0] == 8 && start[1] < 32 && start[2] == 0x12) {
      return "what looks like an ONNX model; convert the .pth file that it was made from";
    }
    if (text.startsWith("\u0089PNG")
        || text.startsWith("\u00ff\u00d8\u00ff")
        || text.startsWith("GIF8")) {
      return "a picture; name a .pth file";
    }
    if (text.startsWith("\u001f\u008b")) {
      return "a gzip archive; unpack it first";
    }
    if (text.startsWith("\u0089HDF")) {
      return "an HDF5 file; save the weights with torch.save";
    }
    if (text.startsWith("\u0093NUMPY")) {
      return "a numpy array; save the weights with torch.save";
    }
    if (text.startsWith("GGUF")) {
      return "a GGUF file; name the .pth or .safetensors file";
    }
    if (text.length() > 262 && text.startsWith("ustar", 257)) {
      return "a tar archive (or a checkpoint of torch 0.1); unpack it, or save it anew with torch 1.0"
          + " or later";
    }
    if (!text.isEmpty()
        && text.chars().allMatch(c -> (c >= 32 && c < 127) || Character.isWhitespace(c))) {
      return "plain text; name a .pth or .safetensors file";
    }
    return "data of an unknown kind; name a .pth or .safetensors file";
  }
}
