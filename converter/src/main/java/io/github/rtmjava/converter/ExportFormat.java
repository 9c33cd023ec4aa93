package io.github.rtmjava.converter;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a model can be written as for other programs. */
public enum ExportFormat {
  /** What {@code torch.load} opens. */
  PTH,
  /** What {@code safetensors.torch.load_model} opens. */
  SAFETENSORS,
  /** What {@code SameDiff.load} opens: the network itself, not its weights alone. */
  SAMEDIFF;

  /** The format that files of such a name have. */
  static Optional<ExportFormat> byName(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "pth", "pt" -> Optional.of(PTH);
      case "safetensors" -> Optional.of(SAFETENSORS);
      case "fb" -> Optional.of(SAMEDIFF);
      default -> Optional.empty();
    };
  }
}
