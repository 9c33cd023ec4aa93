package io.github.rtmjava.app;

import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.ContactSheet;
import io.github.rtmjava.output.Overlay;
import io.github.rtmjava.pose3d.Inference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Pages with small pictures of all results, {@code sheet_01.png} and so on. */
final class Sheets implements AutoCloseable {
  private final Path folder;
  private final Overlay overlay;
  private @Nullable ContactSheet page;
  private int written;

  Sheets(Path folder, Overlay overlay) {
    this.folder = folder;
    this.overlay = overlay;
  }

  void add(Inference.Found found) throws IOException {
    ContactSheet open = page == null ? new ContactSheet(overlay) : page;
    page = open;
    open.add(found.image(), found.result(), found.picture().fileName());
    if (open.isFull()) {
      finish();
    }
  }

  /** Writes the last page; the number of all of them. */
  int finish() throws IOException {
    ContactSheet open = page;
    if (open != null) {
      written++;
      Path target = folder.resolve(String.format(Locale.ROOT, "sheet_%02d.png", written));
      Images.write(open.toImage(), target);
      close();
    }
    return written;
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
      page = null;
    }
  }
}
